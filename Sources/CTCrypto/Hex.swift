/// Hexadecimal (RFC 4648, section 8, with lower-case digits on output).
public enum Hex {
  /// Which letters ``decode(_:case:)`` accepts.
  public enum LetterCase: Sendable {
    case any
    /// Only `a` to `f`: one spelling per value, as signatures need.
    case lowerOnly
  }

  /// Two lower-case digits a byte.
  public static func encode(_ bytes: some Collection<UInt8>) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(2 * bytes.count)
    append(bytes, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Appends the digits of ``encode(_:)`` as UTF-8.
  public static func append(_ bytes: some Collection<UInt8>, to text: inout [UInt8]) {
    // As in decode: once through the collection's own code.
    if bytes.withContiguousStorageIfAvailable({ append(bytes: $0, to: &text) }) == nil {
      Array(bytes).withUnsafeBufferPointer { append(bytes: $0, to: &text) }
    }
  }

  /// Appends the digits of ``encode(_:)`` as UTF-8.
  static func append(bytes: UnsafeBufferPointer<UInt8>, to text: inout [UInt8]) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 2 * bytes.count) { digits in
      for (place, byte) in bytes.enumerated() {
        digits.initializeElement(at: 2 * place, to: digit(byte >> 4))
        digits.initializeElement(at: 2 * place + 1, to: digit(byte & 15))
      }
      text.append(contentsOf: digits)
    }
  }

  /// The bytes that the digits spell; `nil` for an odd count or any other character.
  public static func decode(_ text: some Collection<UInt8>, case letterCase: LetterCase = .any) -> [UInt8]? {
    // Once through the collection's own code, and not once for each of its bytes.
    if let bytes = text.withContiguousStorageIfAvailable({ decode(digits: $0, letterCase) }) { return bytes }
    return Array(text).withUnsafeBufferPointer { decode(digits: $0, letterCase) }
  }

  private static func decode(digits: UnsafeBufferPointer<UInt8>, _ letterCase: LetterCase) -> [UInt8]? {
    guard digits.count.isMultiple(of: 2) else { return nil }
    var isRight = false
    let bytes = [UInt8](unsafeUninitializedCapacity: digits.count / 2) { buffer, count in
      isRight = decode(digits: digits, letterCase, into: UnsafeMutableRawBufferPointer(buffer))
      count = isRight ? digits.count / 2 : 0
    }
    return isRight ? bytes : nil
  }

  /// Writes the bytes that the digits spell, two digits a byte.
  ///
  /// - Parameter bytes: of half as many bytes as there are digits.
  /// - Returns: whether all were digits.
  static func decode(
    digits: UnsafeBufferPointer<UInt8>, _ letterCase: LetterCase, into bytes: UnsafeMutableRawBufferPointer
  ) -> Bool {
    for index in 0..<digits.count / 2 {
      guard let high = value(of: digits[2 * index], letterCase), let low = value(of: digits[2 * index + 1], letterCase)
      else { return false }
      bytes[index] = high << 4 | low
    }
    return true
  }

  /// The bytes that the digits of `text` spell; see ``decode(_:case:)-(Collection<UInt8>,_)``.
  public static func decode(_ text: String, case letterCase: LetterCase = .any) -> [UInt8]? {
    decode(text.utf8, case: letterCase)
  }

  private static func digit(_ nibble: UInt8) -> UInt8 { nibble < 10 ? 48 + nibble : 87 + nibble }

  private static func value(of character: UInt8, _ letterCase: LetterCase) -> UInt8? {
    switch character {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): character - 48
    case UInt8(ascii: "a")...UInt8(ascii: "f"): character - 87
    case UInt8(ascii: "A")...UInt8(ascii: "F") where letterCase == .any: character - 55
    default: nil
    }
  }
}
