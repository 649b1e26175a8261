/// Cuts a stream of bytes into lines.
struct LineReader {
  private var rest: [UInt8] = []

  /// Calls `body` with each line that is whole now, without its line feed.
  mutating func read(_ bytes: ArraySlice<UInt8>, _ body: (ArraySlice<UInt8>) throws -> Void) throws {
    var start = bytes.startIndex
    while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
      if rest.isEmpty {
        try body(bytes[start..<end])
      } else {
        rest += bytes[start..<end]
        try body(rest[...])
        rest.removeAll(keepingCapacity: true)
      }
      start = end + 1
    }
    rest += bytes[start...]
  }

  /// Whether the last line ended with a line feed.
  var isAtLineEnd: Bool { rest.isEmpty }
}
