/// Telephone numbers: international (`+44 20 7946 0958`, `0044…`, `+44 (0)20…`), UK national (`020 7946 0958`,
/// `(01632) 960 001`, `07700 900123`) and North American with its area code (`(415) 555-2671`, `415-555-2671`).
///
/// Sources: ITU-T E.164 (country code and at most 15 digits), Ofcom's National Telephone Numbering Plan.
enum PhoneDetector {
  static func scan(_ text: ScannedText, _ findings: inout Findings) {
    text.forEachDigitGroup { digit in
      guard let candidate = PhoneCandidate(text, at: digit), let end = candidate.end else { return nil }
      findings.add(.phone, candidate.start..<end)
      return end
    }
  }
}

/// A group of digits that a telephone number could start with.
private struct PhoneCandidate {
  /// Where the number starts, with its plus or parenthesis.
  let start: Int
  private let text: ScannedText
  private let run: DigitRun
  private let hasPlus: Bool
  private let hasParenthesis: Bool

  init?(_ text: ScannedText, at digit: Int) {
    let before = text[digit - 1]
    var start = digit
    hasPlus = before == .ascii("+") || (before == .ascii("(") && text[digit - 2] == .ascii("+"))
    hasParenthesis = before == .ascii("(")
    if hasPlus { start -= hasParenthesis ? 2 : 1 } else if hasParenthesis { start -= 1 }
    guard
      hasPlus || text[digit] == .ascii("0") || Self.isAreaCode(text, digit) || text[digit] == .ascii("7")
        || text.hasPrefix("44", at: digit)
    else { return nil }
    guard Self.mayStart(text, at: start, hasPlus: hasPlus || hasParenthesis) else { return nil }
    run = DigitRun(text, from: digit, separator: Self.separator)
    self.start = start
    self.text = text
  }

  /// Three digits by themselves, the first from 2 to 9, as North American numbers start with.
  private static func isAreaCode(_ text: ScannedText, _ digit: Int) -> Bool {
    text[digit] >= .ascii("2") && text[digit + 1].isDigit && text[digit + 2].isDigit && !text[digit + 3].isDigit
  }

  /// The middle of an identifier, a decimal number or a date is no start.
  private static func mayStart(_ text: ScannedText, at start: Int, hasPlus: Bool) -> Bool {
    let before = text[start - 1]
    let beyond = text[start - 2]
    switch before {
    case .ascii("+"): return !beyond.isAlphanumeric || beyond.isDigit
    case .ascii("."), .ascii("_"), .ascii("#"): return !beyond.isDigit && !beyond.isUppercase
    case .ascii("-"), .ascii("/"): return hasPlus || !(beyond.isDigit || beyond.isUppercase)
    default: return !before.isAlphanumeric || hasPlus
    }
  }

  /// A space, hyphen or full stop; the same with a parenthesis before or after it.
  private static func separator(_ text: ScannedText, _ index: Int) -> Int {
    var end = index
    if isAfterAreaCode(text, index) { return 1 }
    while end < index + 3, isSeparator(text[end]) { end += 1 }
    return end - index
  }

  /// The slash of `07700/900123`: after five digits, the first a zero, it is in no date.
  private static func isAfterAreaCode(_ text: ScannedText, _ slash: Int) -> Bool {
    guard text[slash] == .ascii("/"), text[slash - 5] == .ascii("0") else { return false }
    return text[slash - 1].isDigit && text[slash - 2].isDigit && text[slash - 3].isDigit && text[slash - 4].isDigit
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == .ascii("-") || byte == .ascii(".") || byte == .ascii("(") || byte == .ascii(")")
  }

  /// Where the longest number ends that starts here.
  var end: Int? {
    for group in (0..<run.groupCount).reversed() {
      guard run.digits(through: group) >= 7 else { return nil }
      let end = run.end(of: group)
      let after = text[end]
      if !after.isLetter, !goesOn(after, text[end + 1]), isNumber(through: group) { return end }
    }
    return nil
  }

  /// Whether what follows makes it the front of an identifier, such as an order's (`026-1234567-1234567`).
  private func goesOn(_ after: UInt8, _ beyond: UInt8) -> Bool {
    after == .ascii("_") ? beyond.isAlphanumeric : after == .ascii("-") && !hasPlus && beyond.isDigit
  }

  private func isNumber(through group: Int) -> Bool {
    let count = run.digits(through: group)
    if hasPlus { return isInternational(from: 0, to: count) }
    if run.digits[0] != 0 {
      return isNorthAmerican(group, count) || isBritishWithoutPlus(group, count) || isMobileWithoutZero(group, count)
    }
    if run.size(of: 0) == 1, text[run.end(of: 0)] == .ascii(".") { return false }
    if run.digits[1] == 0 {
      return count >= 11 && isExitCode && isInternational(from: 2, to: count)
    }
    return isNational(from: 0, to: count, grouped: group > 0) && !isDate && !isPairs(through: group, count)
  }

  /// `01 25 50 94042404` is a sort code with its account: only all five groups of two are a number, as the French write it.
  private func isPairs(through group: Int, _ count: Int) -> Bool {
    group > 0 && run.size(of: 0) == 2 && !(group == 4 && count == 10)
  }

  /// `00` by itself or with all of a country code after it: only 1 and 7 are codes of one digit.
  private var isExitCode: Bool {
    run.size(of: 0) == 3 ? run.digits[2] == 1 || run.digits[2] == 7 : run.size(of: 0) > 1
  }

  /// Country code and number: 8 to 15 digits together, as many as the plans of the UK and of North America have.
  private func isInternational(from first: Int, to count: Int) -> Bool {
    let digits = count - first
    guard digits >= 8, digits <= 16, run.digits[first] != 0 else { return false }
    if run.digits[first] == 1 { return digits == 11 && run.digits[first + 1] >= 2 }
    guard run.digits[first] == 4, run.digits[first + 1] == 4 else { return digits <= 15 }
    // The trunk prefix that should not be there, and often is: +44 (0)20.
    if run.digits[first + 2] == 0 { return isNational(from: first + 2, to: count, grouped: true) }
    return 9...10 ~= digits - 2
  }

  /// A UK number with its trunk prefix; and, as most of Europe writes it, any ten digits after one, in groups.
  private func isNational(from first: Int, to count: Int, grouped: Bool) -> Bool {
    let digits = count - first
    switch run.digits[first + 1] {
    case 2, 3, 5, 7, 9: return digits == 11 || (digits == 10 && grouped)
    case 1, 8: return digits == 10 || digits == 11 || (digits == 8 && run.number(first..<count) == 8_001_111)
    case 4, 6: return digits == 10
    default: return false
    }
  }

  /// `447700900123`, as gateways for text messages write it, or with the country code by itself: `44 20 7946 0958`.
  private func isBritishWithoutPlus(_ group: Int, _ count: Int) -> Bool {
    guard count == 12, run.digits[0] == 4, run.digits[1] == 4 else { return false }
    return group == 0 ? run.digits[2] == 7 : run.size(of: 0) == 2 && [1, 2, 3, 7, 8].contains(run.digits[2])
  }

  /// `7700 900123`
  private func isMobileWithoutZero(_ group: Int, _ count: Int) -> Bool {
    count == 10 && group == 1 && run.size(of: 0) == 4 && run.digits[0] == 7 && text[run.end(of: 0)] == 0x20
  }

  /// `NXX NXX XXXX` in groups of three, three and four, with the N from 2 to 9.
  private func isNorthAmerican(_ group: Int, _ count: Int) -> Bool {
    guard count == 10, group == 2, run.size(of: 0) == 3, run.size(of: 1) == 3 else { return false }
    return run.digits[3] >= 2
  }

  /// `01-02-2025 …`: a day or month, a month or day, a year.
  private var isDate: Bool {
    guard run.groupCount >= 3, run.size(of: 0) == 2, run.size(of: 1) == 2, run.size(of: 2) == 4 else { return false }
    return run.number(0..<2) <= 31 && run.number(2..<4) <= 31 && 1900...2100 ~= run.number(4..<8)
  }
}
