import Glibc

/// A way to move octets, with or without TLS. Calls block up to a deadline.
protocol ClientTransport: AnyObject {
  /// How many octets came; 0 is the end.
  func read(
    into buffer: UnsafeMutableRawBufferPointer, deadline: ContinuousClock.Instant
  ) throws(HTTPClientError) -> Int

  /// Writes some or all; returns how many, or nil when the server talks instead of listening.
  func write(_ bytes: UnsafeRawBufferPointer, deadline: ContinuousClock.Instant) throws(HTTPClientError) -> Int?

  /// Frees what belongs to the transport, but not the socket.
  func end()
}

/// A connected socket and its transport.
//
// @unchecked Sendable: it belongs to one exchange at a time. An exchange makes it, or takes it out of
// `IdleConnections` under its lock, and gives it back only when it is done with it.
final class ClientConnection: @unchecked Sendable {
  let transport: any ClientTransport
  private let descriptor: Int32
  private var interruption: Interruption?
  private var isClosed = false

  init(_ descriptor: Int32, _ transport: any ClientTransport, _ interruption: Interruption) {
    self.descriptor = descriptor
    self.transport = transport
    self.interruption = interruption
  }

  deinit { close() }

  func attach(to interruption: Interruption) throws(HTTPClientError) {
    self.interruption = interruption
    try interruption.attach(descriptor)
  }

  func detach() {
    interruption?.detach()
    interruption = nil
  }

  /// Nothing has come and the server has not closed.
  var isQuiet: Bool {
    var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&state, 1, 0) == 0
  }

  func close() {
    guard !isClosed else { return }
    isClosed = true
    detach()
    transport.end()
    Glibc.close(descriptor)
  }
}

/// Plain TCP.
final class PlainTransport: ClientTransport {
  private let descriptor: Int32

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  func read(
    into buffer: UnsafeMutableRawBufferPointer, deadline: ContinuousClock.Instant
  ) throws(HTTPClientError) -> Int {
    while true {
      let count = Socket.receive(descriptor, into: buffer)
      if count >= 0 { return count }
      guard errno == EAGAIN else { throw .transport(SystemError("recv")) }
      try Readiness.wait(descriptor, for: POLLIN, deadline: deadline, step: .response)
    }
  }

  func write(_ bytes: UnsafeRawBufferPointer, deadline: ContinuousClock.Instant) throws(HTTPClientError) -> Int? {
    while true {
      let count = Socket.send(descriptor, bytes)
      if count >= 0 { return count }
      guard errno == EAGAIN else { throw .transport(SystemError("send")) }
      let ready = try Readiness.wait(descriptor, for: POLLIN | POLLOUT, deadline: deadline, step: .send)
      if ready & POLLOUT == 0 { return nil }
    }
  }

  func end() {}
}

/// poll(2) with a deadline.
enum Readiness {
  @discardableResult
  static func wait(
    _ descriptor: Int32, for events: Int32, deadline: ContinuousClock.Instant, step: HTTPClientError.Step
  ) throws(HTTPClientError) -> Int32 {
    while true {
      let left = deadline - ContinuousClock.now
      guard left > .zero else { throw .timeout(step) }
      var state = pollfd(fd: descriptor, events: Int16(events), revents: 0)
      // One more millisecond, so that rounding down does not make it spin at the end.
      let count = poll(&state, 1, Int32(min(left.wholeMilliseconds + 1, 3_600_000)))
      if count > 0 { return Int32(state.revents) }
      if count < 0 && errno != EINTR { throw .transport(SystemError("poll")) }
    }
  }
}
