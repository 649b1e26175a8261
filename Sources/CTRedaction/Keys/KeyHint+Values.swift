extension KeyHint {
  /// Whether a value is what the name says.
  func holds(for value: ScannedText) -> Bool {
    guard let trimmed = value.trimmed, !Self.isPlaceholder(value, trimmed) else { return false }
    switch condition {
    case .any: return true
    case .digits(let least): return trimmed.reduce(0) { $0 + (value[$1].isDigit ? 1 : 0) } >= least
    case .looksDialled: return Self.looksDialled(value, trimmed)
    case .looksLikeName: return Self.looksLikeName(value, trimmed)
    case .looksLikeFullName: return FullName.isOne(value, trimmed)
    }
  }

  /// Whether the value has digits, so that a label needs no colon before it.
  var isNumber: Bool {
    switch condition {
    case .digits: detector != .secret
    case .looksDialled: true
    default: detector == .dateOfBirth || detector == .iban
    }
  }

  private static func looksDialled(_ text: ScannedText, _ range: Range<Int>) -> Bool {
    let digits = range.count { text[$0].isDigit }
    return digits >= 5 || (digits >= 3 && range.allSatisfy { !text[$0].isLetter && !text[$0].isNonASCII })
  }

  /// One to five words of letters, hyphens and apostrophes.
  static func looksLikeName(_ text: ScannedText, _ range: Range<Int>) -> Bool {
    guard range.count <= 100, text[range.lowerBound].isLetter || text[range.lowerBound].isNonASCII else { return false }
    var spaces = 0
    for index in range {
      let byte = text[index]
      if byte == 0x20 { spaces += 1 }
      guard byte.isLetter || byte.isNonASCII || isNameMark(byte) else { return false }
    }
    return spaces <= 5
  }

  static func isNameMark(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == .ascii("-") || byte == .ascii("'") || byte == .ascii(".") || byte == .ascii(",")
  }

  private static let placeholders: [StaticString] = [
    "", "-", "n/a", "na", "none", "null", "nil", "unknown", "anonymous", "true", "false", "yes", "no", "system", "root",
    "admin", "pending", "missing", "empty", "undefined", "redacted", "***", "invalid", "required", "bot",
  ]

  private static func isPlaceholder(_ text: ScannedText, _ range: Range<Int>) -> Bool {
    guard range.count <= 9 else { return false }
    return placeholders.contains { $0.utf8CodeUnitCount == range.count && text.hasWord($0, at: range.lowerBound) }
  }
}

extension ScannedText {
  /// The text without white space at its ends; `nil` where nothing else is.
  var trimmed: Range<Int>? {
    var (start, end) = (0, count)
    while start < end, self[start].isSpace { start += 1 }
    while end > start, self[end - 1].isSpace { end -= 1 }
    return start < end ? start..<end : nil
  }
}
