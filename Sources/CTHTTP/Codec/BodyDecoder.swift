/// Reads one body, whatever its framing.
struct BodyDecoder {
  private let framing: BodyFraming
  /// How many octets may wait to be handed over.
  private let limit: Int
  /// What a `Content-Length` still promises.
  private var left: Int
  private var chunked: ChunkedDecoder?
  private var body: [UInt8] = []
  /// Octets of content that have come.
  private(set) var received = 0

  init(framing: BodyFraming, limit: Int, limits: HTTPLimits) throws(HTTPFault) {
    self.framing = framing
    self.limit = limit
    left = 0
    switch framing {
    case .length(let length):
      guard length <= limit else { throw Self.tooLarge }
      left = length
    case .chunked: chunked = ChunkedDecoder(limits: limits)
    case .none, .untilClose: break
    }
  }

  /// Takes octets from `input` at `offset`. Returns the body once it is complete.
  mutating func take(_ input: Span<UInt8>, _ offset: inout Int) throws(HTTPFault) -> [UInt8]? {
    let before = body.count
    defer { received += body.count - before }
    switch framing {
    case .none: return []
    case .length: return takeLength(input, &offset)
    case .chunked:
      return try chunked?.decode(input, &offset, into: &body, limit: limit) == true ? body : nil
    case .untilClose:
      guard input.count - offset <= limit - body.count else { throw Self.tooLarge }
      body.append(input.extracting(offset..<input.count))
      offset = input.count
      return nil
    }
  }

  /// The peer has closed: the body, when that is how it ends.
  func end() -> [UInt8]? { framing == .untilClose ? body : nil }

  /// Hands over the content that has come so far and forgets it.
  mutating func drain() -> [UInt8] {
    let drained = body
    body = []
    return drained
  }

  private mutating func takeLength(_ input: Span<UInt8>, _ offset: inout Int) -> [UInt8]? {
    let count = min(left, input.count - offset)
    if body.isEmpty { body.reserveCapacity(min(left, 64 * 1024)) }
    body.append(input.extracting(offset..<(offset + count)))
    offset += count
    left -= count
    return left == 0 ? body : nil
  }

  private static var tooLarge: HTTPFault {
    HTTPFault(.contentTooLarge, "the content is larger than is taken here")
  }
}
