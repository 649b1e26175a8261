/// Cuts a stream of bytes into lines. A line that does not end is cut at ``limit``, so that it takes no more memory.
struct LineSplitter {
  static let limit = 64 << 10
  private var rest: [UInt8] = []

  /// Takes bytes, and hands out each line that they complete, without its line break.
  mutating func take(_ bytes: some Sequence<UInt8>, _ body: (String) -> Void) {
    for byte in bytes {
      if byte == UInt8(ascii: "\n") {
        flush(body)
      } else {
        rest.append(byte)
        if rest.count == Self.limit { flush(body) }
      }
    }
  }

  /// Hands out what came after the last line break. Empty lines are left out.
  mutating func flush(_ body: (String) -> Void) {
    if rest.last == UInt8(ascii: "\r") { rest.removeLast() }
    if !rest.isEmpty { body(String(decoding: rest, as: UTF8.self)) }
    rest.removeAll(keepingCapacity: true)
  }
}
