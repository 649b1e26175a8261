import Glibc

/// One connection of a server: a state machine driven by its loop. It never leaves the loop's thread, reads and
/// writes without suspending, and enters Swift concurrency only to call the handler.
final class Connection<Handler: HTTPHandler> {
  enum Phase {
    /// Waiting for a request, or in the middle of one.
    case reading
    /// The handler has the request.
    case responding
    /// The handler writes the body.
    case streaming
    /// Answered; what is left of the request's body is dropped.
    case draining
    /// The last response is on its way out.
    case closing
    /// Our side is closed; what still comes is dropped, so that the peer is not cut off from the response by a reset.
    case lingering
    case closed
  }

  let token: UInt64
  let descriptor: Int32
  let peer: SocketAddress
  /// A cycle that ends when the reactor forgets the connection.
  let reactor: Reactor<Handler>

  var phase = Phase.reading
  var decoder: HTTPRequestDecoder
  var encoder = ResponseEncoder()
  var admitted: Handler.Admitted?
  var task: Task<Void, Never>?
  var timing = ConnectionTiming()

  /// Received, but not decoded yet: pipelined requests behind the one under way.
  private var input: [UInt8] = []
  private var inputStart = 0
  /// The socket had octets, or its end, when last heard of.
  private var isReadable = false
  /// The end is in the socket, behind what has not been read yet.
  private var endIsNear = false
  private var peerClosed = false
  private var isTurning = false
  /// The decoder has something to say although no octet is left.
  var owesEvent = false

  var output: [UInt8] = []
  var outputStart = 0
  var isChunked = false
  var writers: [CheckedContinuation<Void, Never>] = []

  init(descriptor: Int32, peer: SocketAddress, token: UInt64, reactor: Reactor<Handler>) {
    self.descriptor = descriptor
    self.peer = peer
    self.token = token
    self.reactor = reactor
    decoder = HTTPRequestDecoder(limits: reactor.configuration.limits)
  }

  /// More output than this waits before the next pipelined request is looked at, or the next chunk is taken.
  static var outputLimit: Int { 64 * 1024 }

  var outputWaiting: Int { output.count - outputStart }

  func opened() {
    timing.idleSince = reactor.now
    settle()
  }

  /// What epoll has seen.
  func handle(_ events: UInt32) {
    if events & Poller.broken != 0 {
      close()
      return
    }
    if events & (Poller.readable | Poller.peerClosed) != 0 { isReadable = true }
    if events & Poller.peerClosed != 0 { endIsNear = true }
    if endIsNear, phase == .streaming {
      // Nobody closes the sending side and goes on reading an endless stream; without this a quiet one never ends.
      close()
      return
    }
    turn()
  }

  /// Goes on as far as possible without waiting: decodes, answers, and writes what is to be written in one go.
  func turn() {
    guard !isTurning, phase != .closed else { return }
    isTurning = true
    var readsLeft = 4
    while takesInput {
      if outputWaiting > Self.outputLimit {
        flush()
        if outputWaiting > Self.outputLimit { break }
      } else if inputStart < input.count || owesEvent {
        consumeInput()
      } else if isReadable {
        guard readsLeft > 0 else {
          reactor.takeTurnLater(self)
          break
        }
        readsLeft -= 1
        receive()
      } else {
        break
      }
    }
    isTurning = false
    flush()
    settle()
  }

  /// Turns now, unless a turn is what led here.
  func turnUnlessTurning() {
    if !isTurning { turn() }
  }

  private var takesInput: Bool {
    switch phase {
    case .reading, .draining, .lingering: !peerClosed
    case .responding, .streaming, .closing, .closed: false
    }
  }

  /// Whether requests may follow what is under way.
  private var keepsInput: Bool {
    switch phase {
    case .reading, .responding, .streaming, .draining: true
    case .closing, .lingering, .closed: false
    }
  }

  // MARK: Input

  private func receive() {
    let count = Socket.receive(descriptor, into: reactor.scratch)
    if count > 0 {
      // Fewer than asked for: the socket is empty, and a new edge will tell of more (epoll(7), question 9). But the
      // edge of the end may have come together with these octets.
      if count < reactor.scratch.count && !endIsNear { isReadable = false }
      let received = UnsafeRawBufferPointer(rebasing: reactor.scratch[..<count])
      received.withMemoryRebound(to: UInt8.self) { consume($0) }
    } else {
      isReadable = false
      if count == 0 {
        peerClosed = true
      } else if errno != EAGAIN {
        close()
      }
    }
  }

  private func consume(_ received: UnsafeBufferPointer<UInt8>) {
    guard phase != .lingering else { return linger(dropping: received.count) }
    var offset = 0
    consume(received.span, &offset)
    guard offset < received.count, keepsInput else { return }
    input = Array(received[offset...])
    inputStart = 0
  }

  private func consumeInput() {
    guard phase != .lingering else { return dropInput() }
    let waiting = input
    input = []
    var offset = inputStart
    consume(waiting.span, &offset)
    guard offset < waiting.count, keepsInput else { return }
    input = waiting
    inputStart = offset
  }

  private func consume(_ bytes: Span<UInt8>, _ offset: inout Int) {
    while offset < bytes.count || owesEvent {
      guard takesInput, phase != .lingering, outputWaiting <= Self.outputLimit else { return }
      owesEvent = false
      step(bytes, &offset)
    }
  }

  private func step(_ bytes: Span<UInt8>, _ offset: inout Int) {
    do throws(HTTPFault) {
      switch try decoder.decode(bytes, &offset) {
      case .needsMore: break
      case .head(let head): try admit(head, moreHasCome: offset < bytes.count)
      case .request(let head, let body):
        if phase == .draining { endRequest() } else { dispatch(head, body) }
      }
    } catch {
      refuse(error)
    }
  }

  func dropInput() {
    input = []
    inputStart = 0
    owesEvent = false
  }

  // MARK: After a turn

  /// Draws the conclusions of a turn: ends what is over, and sets the deadline for what is not.
  func settle() {
    guard phase != .closed else { return }
    if output.isEmpty {
      if peerClosed && (phase == .reading || phase == .draining || phase == .closing || phase == .lingering) {
        close()
        return
      }
      if phase == .closing { startLingering() }
    }
    updateDeadline(hasInput: inputStart < input.count)
  }

  private func startLingering() {
    phase = .lingering
    timing.lingerEnd = reactor.now + reactor.configuration.deadlines.linger.wholeMilliseconds
    dropInput()
    Glibc.shutdown(descriptor, Int32(SHUT_WR))
    // What came while nobody read is still there.
    isReadable = true
    reactor.takeTurnLater(self)
  }

  private func linger(dropping count: Int) {
    timing.lingered += count
    // A peer that goes on and on has had the chance to see the response.
    if timing.lingered > 4 * 1024 * 1024 { close() }
  }

  /// The server is going down: streams are told, idle connections are closed, the others finish their request.
  func shutDown() {
    if phase == .reading {
      // A request may have arrived that nobody has looked at yet.
      isReadable = true
      turn()
    }
    if phase == .reading && decoder.isIdle && inputStart == input.count && output.isEmpty {
      close()
    } else if phase == .streaming {
      task?.cancel()
      resumeWriters()
    }
  }

  /// Closes at once, whatever is under way.
  func close() {
    guard phase != .closed else { return }
    phase = .closed
    Glibc.close(descriptor)
    dropInput()
    output = []
    outputStart = 0
    admitted = nil
    task?.cancel()
    task = nil
    resumeWriters()
    reactor.forget(self)
  }
}
