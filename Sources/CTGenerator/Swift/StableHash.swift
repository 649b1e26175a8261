/// A hash that is the same in every run, which Swift's own is not.
enum StableHash {
  /// FNV-1a (Fowler, Noll, Vo).
  static func of(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x0100_0000_01B3 }
  }

  /// Eight hexadecimal digits.
  static func digits(of text: String) -> String {
    let digits = String(of(text.utf8) >> 32, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}
