/// Turns octets into responses. Informational responses (1xx) are skipped.
struct HTTPResponseDecoder {
  struct Head: Sendable {
    var bytes: [UInt8]
    var version: HTTPVersion
    var status: HTTPStatus
    var fields: HTTPFields
    /// The connection ends with this response.
    var closes: Bool
  }

  private enum State {
    case head(HeadAccumulator)
    case body(BodyDecoder)
    case done
  }

  private let limits: HTTPLimits
  private let bodyLimit: Int
  private let isHeadRequest: Bool
  private var state: State
  /// The final head, once it has come.
  private(set) var head: Head?
  /// The body, once it is complete.
  private(set) var body: [UInt8]?

  /// - Parameter isHeadRequest: the request was HEAD, so that no body follows (RFC 9112, section 6.3).
  init(isHeadRequest: Bool, bodyLimit: Int, limits: HTTPLimits) {
    self.isHeadRequest = isHeadRequest
    self.bodyLimit = bodyLimit
    self.limits = limits
    state = .head(HeadAccumulator(kind: .response, limits: limits))
  }

  var isDone: Bool { body != nil }

  /// Takes octets from `input` at `offset`; stops at the end of the response.
  mutating func decode(_ input: Span<UInt8>, _ offset: inout Int) throws(HTTPFault) {
    var isAnnounced = false
    while offset < input.count || isAnnounced {
      isAnnounced = false
      switch state {
      case .done: return
      case .head(var accumulator):
        state = .done
        guard let bytes = try accumulator.take(input, &offset), let line = accumulator.statusLine else {
          state = .head(accumulator)
          return
        }
        isAnnounced = try take(Self.head(bytes, line, accumulator.ranges), accumulator.ranges)
      case .body(var decoder):
        state = .done
        guard let whole = try decoder.take(input, &offset) else {
          state = .body(decoder)
          return
        }
        body = whole
      }
    }
  }

  /// The peer has closed. True when that was the end of a response, and not an accident.
  mutating func end() -> Bool {
    if case .body(let decoder) = state, let whole = decoder.end() {
      body = whole
      state = .done
    }
    return isDone
  }

  /// Hands over what has come of the body, for those who do not wait for all of it.
  mutating func drainBody() -> [UInt8] {
    if let whole = body {
      body = []
      return whole
    }
    guard case .body(var decoder) = state else { return [] }
    let drained = decoder.drain()
    state = .body(decoder)
    return drained
  }

  /// Sets up the body that follows this head. False when another head follows, after an informational response.
  private mutating func take(_ head: Head, _ ranges: [FieldRange]) throws(HTTPFault) -> Bool {
    if head.status.isInformational && head.status.code != 101 {
      state = .head(HeadAccumulator(kind: .response, limits: limits))
      return false
    }
    let facts = try MessageFraming(response: head.bytes.span, ranges)
    var head = head
    head.closes = facts.saysClose || head.version == .http10
    let framing: BodyFraming
    if isHeadRequest || head.status.forbidsBody {
      framing = .none
    } else if facts.isChunked {
      framing = .chunked
    } else if let length = facts.contentLength {
      framing = .length(length)
    } else {
      framing = .untilClose
      head.closes = true
    }
    self.head = head
    state = .body(try BodyDecoder(framing: framing, limit: bodyLimit, limits: limits))
    return true
  }

  private static func head(_ bytes: [UInt8], _ line: StatusLine, _ ranges: [FieldRange]) -> Head {
    var fields = HTTPFields()
    for range in ranges { fields.appendLine(name: bytes[range.name], value: bytes[range.value]) }
    return Head(bytes: bytes, version: line.version, status: line.status, fields: fields, closes: false)
  }
}
