internal import CTJSON

/// The formats that are asserted (JSON Schema Validation, section 7.3). `date-time` has a function of its own, which
/// gives the value too.
public enum StringFormat: String, Sendable {
  case date
  case time
  case uuid
  case ipv4
  case jsonPointer = "json-pointer"

  /// Whether the text has the format.
  func accepts(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    switch self {
    case .date: Timestamp.days(ofDate: text) != nil
    case .time: Timestamp.isTime(text)
    case .uuid: Self.isUUID(text)
    case .ipv4: Self.isIPv4(text)
    case .jsonPointer: Self.isJSONPointer(text)
    }
  }

  /// RFC 4122, section 3.
  private static func isUUID(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.count == 36
      && text.enumerated().allSatisfy { index, byte in
        [8, 13, 18, 23].contains(index) ? byte == UInt8(ascii: "-") : isHexadecimal(byte)
      }
  }

  /// RFC 2673, section 3.2: four numbers up to 255 without leading zeros.
  private static func isIPv4(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { part in
        1...3 ~= part.count && part.allSatisfy { 48...57 ~= $0 } && (part.count == 1 || part.first != 48)
          && part.reduce(0) { $0 * 10 + Int($1 - 48) } <= 255
      }
  }

  /// RFC 6901, section 3.
  private static func isJSONPointer(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = text.first else { return true }
    guard first == UInt8(ascii: "/") else { return false }
    for (index, byte) in text.enumerated() where byte == UInt8(ascii: "~") {
      guard index + 1 < text.count, text[index + 1] == 48 || text[index + 1] == 49 else { return false }
    }
    return true
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    48...57 ~= byte || 97...102 ~= byte | 0x20
  }
}
