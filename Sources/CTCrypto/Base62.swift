/// Big-endian numbers in the digits `0-9A-Za-z`, to a fixed count of digits.
enum Base62 {
  private static let digits = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

  /// The number that `bytes` spell, in `count` digits; higher digits are cut off.
  static func encode(_ bytes: some Collection<UInt8>, count: Int) -> [UInt8] {
    var number = bytes.map { UInt32($0) }
    var text = [UInt8](repeating: digits[0], count: count)
    for position in stride(from: count - 1, through: 0, by: -1) {
      var remainder: UInt32 = 0
      for index in number.indices {
        let dividend = remainder << 8 | number[index]
        number[index] = dividend / 62
        remainder = dividend % 62
      }
      text[position] = digits[Int(remainder)]
    }
    return text
  }

  static func encode(_ value: UInt32, count: Int) -> [UInt8] {
    encode(
      [UInt8(value >> 24), UInt8(value >> 16 & 0xff), UInt8(value >> 8 & 0xff), UInt8(value & 0xff)], count: count)
  }

  static func isDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: false
    }
  }
}
