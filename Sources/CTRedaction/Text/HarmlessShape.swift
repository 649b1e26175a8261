/// Whole texts that are identifiers by their form, and the most frequent ones: UUIDs, ULIDs with or without a prefix,
/// digests, timestamps. They need no detector; only a key's hint comes before this.
enum HarmlessShape {
  static func isHarmless(_ text: ScannedText, _ shape: TextShape) -> Bool {
    switch text.count {
    case 20...35: (shape.kinds.contains(.assignment) ? isTimestamp(text) : isULID(text))
    case 36: isUUID(text) || isULID(text)
    case 40, 64: isHexadecimal(text, 0..<text.count) && shape.digits < text.count
    default: false
    }
  }

  /// RFC 9562, section 4.
  private static func isUUID(_ text: ScannedText) -> Bool {
    for hyphen in [8, 13, 18, 23] where text[hyphen] != .ascii("-") { return false }
    return isHexadecimal(text, 0..<8) && isHexadecimal(text, 9..<13) && isHexadecimal(text, 14..<18)
      && isHexadecimal(text, 19..<23) && isHexadecimal(text, 24..<36)
  }

  private static func isHexadecimal(_ text: ScannedText, _ range: Range<Int>) -> Bool {
    for index in range where !text[index].isHexDigit { return false }
    return true
  }

  /// A short prefix and 26 of Crockford's digits and capitals, the first at most a 7: `evt_01J9Z4K7Q2M8X3V5B6N7P8R9S0`.
  private static func isULID(_ text: ScannedText) -> Bool {
    let start = text.count - 26
    guard start >= 0, start == 0 || (start <= 10 && text[start - 1] == .ascii("_")), text[start] <= .ascii("7") else {
      return false
    }
    for index in 0..<max(0, start - 1) where !text[index].isLowercase { return false }
    for index in start..<text.count where !(text[index].isDigit || text[index].isUppercase) { return false }
    return true
  }

  /// `2025-09-27T12:03:00Z` with a fraction or an offset (RFC 3339, section 5.6).
  private static func isTimestamp(_ text: ScannedText) -> Bool {
    guard text[4] == .ascii("-"), text[7] == .ascii("-"), text[10] == .ascii("T"), text[13] == .ascii(":"),
      text[16] == .ascii(":")
    else { return false }
    for index in 0..<19 where !text[index].isDigit && !(index % 3 == 1 && index > 3) { return false }
    var index = 19
    if text[index] == .ascii(".") { index = text.end(from: index + 1, while: \.isDigit) }
    if text[index] == .ascii("Z") { return index + 1 == text.count }
    return (text[index] == .ascii("+") || text[index] == .ascii("-")) && text[index + 3] == .ascii(":")
      && text.end(from: index + 4, while: \.isDigit) == text.count && text.count == index + 6
  }
}
