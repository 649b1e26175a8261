/// Turns octets into requests. It asks for admission between a head and its body: after `.head` call `begin`.
struct HTTPRequestDecoder {
  enum Event {
    case needsMore
    case head(HTTPRequestHead)
    case request(HTTPRequestHead, body: [UInt8])
  }

  private enum State {
    case head(HeadAccumulator)
    case admission
    case body(BodyDecoder)
  }

  private let limits: HTTPLimits
  private var state: State
  /// The head of the request under way, also when it was refused for its framing.
  private(set) var head: HTTPRequestHead?
  private var framing = BodyFraming.none
  private(set) var expectsContinue = false
  /// The client will not send another request on this connection.
  private(set) var saysClose = false

  init(limits: HTTPLimits) {
    self.limits = limits
    state = .head(HeadAccumulator(kind: .request, limits: limits))
  }

  /// Nothing of a next request has come.
  var isIdle: Bool {
    if case .head(let head) = state { head.isEmpty } else { false }
  }

  /// Octets of content that have come; nil while no body is being read.
  var bodyReceived: Int? {
    if case .body(let body) = state { body.received } else { nil }
  }

  /// Whether content follows the head that was announced last.
  var hasBody: Bool { framing != .none && framing != .length(0) }

  /// Takes octets from `input` at `offset`. Call it again until it needs more.
  mutating func decode(_ input: Span<UInt8>, _ offset: inout Int) throws(HTTPFault) -> Event {
    switch state {
    case .admission: return .needsMore
    case .head(var accumulator):
      // Moved out and back, so that its array is not copied.
      state = .admission
      guard let bytes = try accumulator.take(input, &offset), let line = accumulator.requestLine else {
        state = .head(accumulator)
        return .needsMore
      }
      let head = HTTPRequestHead(bytes: bytes, line: line, ranges: accumulator.ranges)
      self.head = head
      try takeFraming(of: head)
      return .head(head)
    case .body(var decoder):
      state = .admission
      guard let body = try decoder.take(input, &offset), let head else {
        state = .body(decoder)
        return .needsMore
      }
      state = .head(HeadAccumulator(kind: .request, limits: limits))
      self.head = nil
      return .request(head, body: body)
    }
  }

  /// The head was admitted: a body of up to `bodyLimit` octets may follow.
  mutating func begin(bodyLimit: Int) throws(HTTPFault) {
    state = .body(try BodyDecoder(framing: framing, limit: bodyLimit, limits: limits))
  }

  private mutating func takeFraming(of head: HTTPRequestHead) throws(HTTPFault) {
    let bytes = head.bytes
    let facts = try MessageFraming(bytes.span, head.ranges)
    if head.version == .http11, facts.hosts == 0 { throw HTTPFault(.malformed, "Host is missing") }
    if facts.isChunked {
      // RFC 9112, section 6.1: HTTP/1.0 has no transfer codings; somebody on the way may not have seen it.
      guard head.version == .http11 else { throw HTTPFault(.malformed, "Transfer-Encoding in HTTP/1.0") }
      framing = .chunked
    } else if let length = facts.contentLength {
      framing = .length(length)
    } else {
      guard !head.method.needsFraming else {
        throw HTTPFault(
          .lengthRequired,
          "Content-Length or chunked transfer coding is required; without a body, Content-Length: 0 (curl -d '')")
      }
      framing = .none
    }
    // Section 10.1.1 of RFC 9110: the expectation of an HTTP/1.0 client is ignored.
    expectsContinue = facts.expectsContinue && head.version == .http11
    saysClose = facts.saysClose || head.version == .http10
  }
}
