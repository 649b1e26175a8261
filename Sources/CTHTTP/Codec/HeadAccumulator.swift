/// Gathers the octets of one head. When a head arrives whole, which is the rule, it is copied once, at its final size.
struct HeadAccumulator {
  private var parser: HeadParser
  private let limit: Int
  /// What has come of an unfinished head.
  private var stash: [UInt8] = []

  init(kind: HeadParser.Kind, limits: HTTPLimits) {
    parser = HeadParser(kind: kind, limits: limits)
    limit = limits.head
  }

  var requestLine: RequestLine? { parser.requestLine }
  var statusLine: StatusLine? { parser.statusLine }
  var ranges: [FieldRange] { parser.ranges }
  var isEmpty: Bool { stash.isEmpty }

  /// Takes octets from `input` at `offset`. Returns those of the whole head once it is complete.
  mutating func take(_ input: Span<UInt8>, _ offset: inout Int) throws(HTTPFault) -> [UInt8]? {
    guard stash.isEmpty else { return try takeMore(input, &offset) }
    let window = input.extracting(offset..<input.count)
    guard let end = try parser.advance(window) else {
      stash.append(window)
      offset = input.count
      return nil
    }
    offset += end
    return Array(window.extracting(0..<end))
  }

  private mutating func takeMore(_ input: Span<UInt8>, _ offset: inout Int) throws(HTTPFault) -> [UInt8]? {
    // Moved out and back, so that the array is not copied.
    var gathered = stash
    stash = []
    let before = gathered.count
    // One octet over the limit is enough for the parser to refuse.
    let end = min(input.count, offset + limit + 1 - before)
    gathered.append(input.extracting(offset..<end))
    guard let headEnd = try parser.advance(gathered.span) else {
      offset = end
      stash = gathered
      return nil
    }
    offset += headEnd - before
    gathered.removeLast(gathered.count - headEnd)
    return gathered
  }
}

extension [UInt8] {
  init(_ span: Span<UInt8>) {
    self = span.withUnsafeBufferPointer { Array($0) }
  }

  mutating func append(_ span: Span<UInt8>) {
    span.withUnsafeBufferPointer { append(contentsOf: $0) }
  }
}
