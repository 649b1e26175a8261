import Glibc

/// One request and its response on one connection. Blocking.
struct Exchange: Sendable {
  let connection: ClientConnection
  private var decoder: HTTPResponseDecoder
  private(set) var hasReceived = false
  /// The whole request has gone out; without that the connection cannot be used again.
  private var isSent = false
  private var hasSurplus = false
  /// The body is read later, by others: the connection stays theirs.
  var isStreamed = false

  init(_ connection: ClientConnection, _ request: HTTPClientRequest, _ configuration: HTTPClientConfiguration) {
    self.connection = connection
    decoder = HTTPResponseDecoder(
      isHeadRequest: request.method == .head, bodyLimit: configuration.bodyLimit, limits: configuration.limits)
  }

  /// Another request may follow on this connection.
  var canReuse: Bool { isSent && !isStreamed && !hasSurplus && decoder.isDone && decoder.head?.closes == false }

  /// Sends a request. A server that answers before it has read everything is listened to.
  mutating func send(_ bytes: [UInt8], deadline: ContinuousClock.Instant) throws(HTTPClientError) {
    isSent = try connection.sendAll(bytes, deadline: deadline)
  }

  mutating func readHead(deadline: ContinuousClock.Instant) throws(HTTPClientError) -> HTTPResponseDecoder.Head {
    while true {
      if let head = decoder.head { return head }
      guard try readMore(deadline: deadline) else { throw .closedEarly }
    }
  }

  mutating func readResponse(deadline: ContinuousClock.Instant) throws(HTTPClientError) -> HTTPClientResponse {
    while true {
      if let head = decoder.head, let body = decoder.body {
        return HTTPClientResponse(status: head.status, fields: head.fields, body: body, head: head.bytes)
      }
      guard try readMore(deadline: deadline) else { throw .closedEarly }
    }
  }

  /// The next piece of the body; nil after the last.
  mutating func readPiece(deadline: ContinuousClock.Instant) throws(HTTPClientError) -> [UInt8]? {
    while true {
      let piece = decoder.drainBody()
      if !piece.isEmpty { return piece }
      if decoder.isDone { return nil }
      guard try readMore(deadline: deadline) else { throw .closedEarly }
    }
  }

  /// False when the server has closed too early.
  private mutating func readMore(deadline: ContinuousClock.Instant) throws(HTTPClientError) -> Bool {
    let bytes = try connection.readSome(deadline: deadline)
    guard !bytes.isEmpty else { return decoder.end() }
    hasReceived = true
    var offset = 0
    do {
      try decoder.decode(bytes.span, &offset)
    } catch {
      throw .notHTTP(error)
    }
    hasSurplus = offset < bytes.count
    return true
  }
}

extension ClientConnection {
  /// False when the server would not take all of it, and has to be listened to.
  func sendAll(_ bytes: [UInt8], deadline: ContinuousClock.Instant) throws(HTTPClientError) -> Bool {
    var sent = 0
    while sent < bytes.count {
      do throws(HTTPClientError) {
        let (count, failure) = bytes.withUnsafeBytes { buffer -> (Int?, HTTPClientError?) in
          do throws(HTTPClientError) {
            return (try transport.write(UnsafeRawBufferPointer(rebasing: buffer[sent...]), deadline: deadline), nil)
          } catch {
            return (nil, error)
          }
        }
        if let failure { throw failure }
        guard let count else { return false }
        sent += count
      } catch .transport(let error) where error.code == EPIPE || error.code == ECONNRESET {
        // The answer that explains it may be there already.
        return false
      }
    }
    return true
  }

  /// What comes next; empty at the end.
  func readSome(deadline: ContinuousClock.Instant) throws(HTTPClientError) -> [UInt8] {
    var failure: HTTPClientError?
    let bytes = [UInt8](unsafeUninitializedCapacity: 16 * 1024) { buffer, count in
      do throws(HTTPClientError) {
        count = try transport.read(into: UnsafeMutableRawBufferPointer(buffer), deadline: deadline)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }
}
