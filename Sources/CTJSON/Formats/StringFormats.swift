/// The formats of strings that are asserted (2020-12 validation, section 7.3).
public enum StringFormats {
  /// Whether a text has a format. A format that is not listed holds for every text: it is refused before.
  public static func holds(_ format: String, _ bytes: [UInt8]) -> Bool {
    switch format {
    case "date-time": Timestamp(bytes) != nil
    case "date": Timestamp.days(ofDate: bytes) != nil
    case "time": Timestamp.isTime(bytes)
    case "duration": isDuration(bytes[...])
    case "email": isEmail(bytes)
    case "hostname": isHostname(bytes[...])
    case "ipv4": isIPv4(bytes[...])
    case "ipv6": isIPv6(bytes[...])
    case "json-pointer": isJSONPointer(bytes)
    case "regex": RegexGrammar.accepts(bytes)
    case "uri": URIGrammar.isURI(bytes[...])
    case "uri-reference": URIGrammar.isReference(bytes[...])
    case "uuid": isUUID(bytes)
    default: true
    }
  }

  public static func isDigit(_ byte: UInt8) -> Bool { 48...57 ~= byte }

  public static func isLetter(_ byte: UInt8) -> Bool { 97...122 ~= byte | 0x20 }

  static func isHexadecimal(_ byte: UInt8) -> Bool { isDigit(byte) || 97...102 ~= byte | 0x20 }

  /// RFC 6901, section 3: each `~` is part of `~0` or `~1`.
  private static func isJSONPointer(_ bytes: [UInt8]) -> Bool {
    guard let first = bytes.first else { return true }
    guard first == UInt8(ascii: "/") else { return false }
    return bytes.indices.allSatisfy { index in
      guard bytes[index] == UInt8(ascii: "~") else { return true }
      return index + 1 < bytes.count && (bytes[index + 1] == 48 || bytes[index + 1] == 49)
    }
  }

  /// RFC 4122, section 3.
  private static func isUUID(_ bytes: [UInt8]) -> Bool {
    bytes.count == 36
      && bytes.enumerated().allSatisfy { index, byte in
        [8, 13, 18, 23].contains(index) ? byte == UInt8(ascii: "-") : isHexadecimal(byte)
      }
  }

  /// RFC 3339, appendix A: each unit may be followed by the next smaller one only.
  private static func isDuration(_ text: ArraySlice<UInt8>) -> Bool {
    guard text.first == UInt8(ascii: "P") else { return false }
    let parts = text.dropFirst().split(separator: UInt8(ascii: "T"), maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count == 2 {
      return (parts[0].isEmpty || isRun(parts[0], of: "YMD")) && isRun(parts[1], of: "HMS")
    }
    return isRun(parts[0], of: "YMD") || isRun(parts[0], of: "W")
  }

  private static func isRun(_ text: ArraySlice<UInt8>, of units: String) -> Bool {
    var rest = text
    var units = Array(units.utf8)[...]
    var isFirst = true
    while !rest.isEmpty {
      let digits = rest.prefix { isDigit($0) }
      guard !digits.isEmpty, let unit = rest.dropFirst(digits.count).first else { return false }
      guard let place = isFirst ? units.firstIndex(of: unit) : units.first == unit ? units.startIndex : nil else {
        return false
      }
      units = units[(place + 1)...]
      rest = rest.dropFirst(digits.count + 1)
      isFirst = false
    }
    return !isFirst
  }
}
