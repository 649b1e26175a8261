/// Media types (RFC 9110, section 8.3.1), as far as telling them apart goes.
enum MediaTypeName {
  /// Whether a `Content-Type` is of this type, which may have parameters. Others may only be `charset=utf-8`: JSON has no
  /// other encoding.
  static func matches(_ value: ArraySlice<UInt8>, _ type: String) -> Bool {
    if value.elementsEqual(type.utf8) || equals(trimmed(value), type) { return true }
    let parts = value.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map(trimmed)
    guard let name = parts.first, equals(name, type) else { return false }
    return parts.dropFirst().allSatisfy(isUTF8)
  }

  /// Whether a parameter is the only one that is known.
  static func isUTF8(_ parameter: ArraySlice<UInt8>) -> Bool {
    equals(parameter, "charset=utf-8") || equals(parameter, "charset=\"utf-8\"")
  }

  static func trimmed(_ part: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let start = part.drop { $0 == 0x20 || $0 == 0x09 }
    let end = start.lastIndex { $0 != 0x20 && $0 != 0x09 }.map { $0 + 1 } ?? start.startIndex
    return start[..<end]
  }

  static func equals(_ part: ArraySlice<UInt8>, _ text: some StringProtocol) -> Bool {
    part.count == text.utf8.count && zip(part, text.utf8).allSatisfy { lowercased($0) == lowercased($1) }
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 { 65...90 ~= byte ? byte | 0x20 : byte }
}
