/// The value after a label in running text: where it ends depends on what it is.
struct LabelledValue {
  private let text: ScannedText
  private let start: Int

  init(_ text: ScannedText, at start: Int) {
    self.text = text
    self.start = start
  }

  /// The value, if there is one that fits the hint. E-mail addresses are left to their own detector.
  func range(for hint: KeyHint) -> Range<Int>? {
    switch hint.detector {
    case .secret: secret
    case .name: name
    case .address: address
    case .email: nil
    case .phone: number(longest: 32, digits: 7)
    case .dateOfBirth: number(longest: 24, digits: 4)
    case .postcode: number(longest: 10, digits: 2)
    default: number(longest: 42, digits: 6)
    }
  }

  /// Up to white space or a delimiter; after a scheme such as `Bearer` the next word, too.
  private var secret: Range<Int>? {
    var end = text.end(from: start, while: Self.isSecret)
    if end - start <= 6, text.hasWord("bearer", at: start) || text.hasWord("basic", at: start), text[end] == 0x20 {
      end = text.end(from: end + 1, while: Self.isSecret)
    }
    return end - start >= 3 ? start..<end : nil
  }

  private static func isSecret(_ byte: UInt8) -> Bool {
    guard byte > 0x20 else { return false }
    switch byte {
    case .ascii("\""), .ascii("'"), .ascii("&"), .ascii(","), .ascii(";"), .ascii("<"), .ascii(">"), .ascii("|"),
      .ascii(")"), .ascii("]"), .ascii("}"), .ascii("["), .ascii("\\"), .ascii("`"):
      return false
    default: return true
    }
  }

  /// At most four words of letters.
  private var name: Range<Int>? {
    guard text[start].isLetter || text[start].isNonASCII else { return nil }
    var (end, words) = (start, 1)
    while end < start + 100 {
      let byte = text[end]
      if byte == 0x20 { words += 1 }
      guard words <= 4, byte.isLetter || byte.isNonASCII || KeyHint.isNameMark(byte) else { break }
      end += 1
    }
    while end > start, KeyHint.isNameMark(text[end - 1]) { end -= 1 }
    if end == start + 100 { end = text.end(from: end) { $0 & 0xC0 == 0x80 } }
    // `name=job-17`: the word goes on with what no name has.
    guard end > start + 1, !text[end].isDigit, text[end] != .ascii("_"), !isPath(end) else { return nil }
    return start..<end
  }

  /// Whether the word goes on as a path, a URL or a call.
  private func isPath(_ end: Int) -> Bool {
    let byte = text[end]
    if byte == .ascii("/") || byte == .ascii("(") || byte == .ascii("@") { return true }
    return (byte == .ascii(":") || byte == .ascii("-")) && text[end + 1].isAlphanumeric
  }

  /// Up to the line's end or a delimiter, at most 120 bytes; one word alone is no address.
  private var address: Range<Int>? {
    var (end, isAddress) = (start, false)
    while end < min(text.count, start + 120), !Self.endsAddress(text[end]) {
      if text[end].isDigit || text[end] == 0x20 || text[end] == .ascii(",") { isAddress = true }
      end += 1
    }
    end = text.end(from: end) { $0 & 0xC0 == 0x80 }
    return isAddress ? start..<end : nil
  }

  private static func endsAddress(_ byte: UInt8) -> Bool {
    byte == 0x0A || byte == .ascii(";") || byte == .ascii("\"") || byte == .ascii("|") || byte == .ascii("&")
      || byte == .ascii("\\") || byte == .ascii("}")
  }

  /// Words up to the last that has a digit, with at least so many digits.
  private func number(longest: Int, digits least: Int) -> Range<Int>? {
    var (index, end, digits) = (start, start, 0)
    while index < start + longest, Self.isNumber(text[index]) {
      if text[index].isDigit {
        digits += 1
        end = index + 1
      }
      index += 1
    }
    guard digits >= least else { return nil }
    return start..<text.end(from: end, while: \.isAlphanumeric)
  }

  private static func isNumber(_ byte: UInt8) -> Bool {
    if byte.isAlphanumeric { return true }
    switch byte {
    case 0x20, .ascii("."), .ascii("-"), .ascii("/"), .ascii("+"), .ascii("("), .ascii(")"), .ascii(","): return true
    default: return false
    }
  }
}
