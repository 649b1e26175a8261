/// A UK sort code (six digits) together with an account number (seven or eight) near it.
///
/// Each alone looks like many harmless numbers: a sort code like a date, an account number like an order's. Together,
/// or where a label names one (`A/C 55779911`; ``LabelDetector``), they are somebody's account. Source: Pay.UK's EISCD
/// formats.
enum BankAccountDetector {
  /// How far apart the two may stand, in bytes: "sort code 20-00-00, account number 55779911".
  private static let distance = 40

  private struct Group {
    enum Kind { case sortCode, plainSixDigits, account }
    var kind: Kind
    var range: Range<Int>
  }

  static func scan(_ text: ScannedText, _ findings: inout Findings) {
    var last: Group?
    text.forEachDigitGroup { start in
      if let alone = joined(text, start) ?? labelled(text, start) {
        findings.add(.bankAccount, alone)
        last = nil
        return alone.upperBound
      }
      guard let group = group(text, start) else { return nil }
      if let before = last, pairs(before, group, text) {
        findings.add(.bankAccount, before.range)
        findings.add(.bankAccount, group.range)
        last = nil
      } else {
        last = group
      }
      return group.range.upperBound
    }
  }

  /// `200000-55779911`, where the six digits are neither a month nor a day: `202509-00000123` is the number of something.
  private static func joined(_ text: ScannedText, _ start: Int) -> Range<Int>? {
    guard text[start + 6] == .ascii("-"), !isPart(text, start), text.end(from: start, while: \.isDigit) == start + 6,
      text.end(from: start + 7, while: \.isDigit) == start + 15, isBoundary(text, start + 15)
    else { return nil }
    let pairs = stride(from: start, to: start + 6, by: 2).map { text[$0].digitValue * 10 + text[$0 + 1].digitValue }
    let isMonth = 19...20 ~= pairs[0] && 1...12 ~= pairs[2]
    let isDay = 1...12 ~= pairs[1] && (1...31 ~= pairs[0] || 1...31 ~= pairs[2])
    return isMonth || isDay ? nil : start..<start + 15
  }

  /// `A/C 55779911`.
  private static func labelled(_ text: ScannedText, _ start: Int) -> Range<Int>? {
    let end = text.end(from: start, while: \.isDigit)
    guard 7...8 ~= end - start, isBoundary(text, end) else { return nil }
    for place in start - 6..<start - 3 where text.hasWord("a/c", at: place) && !text[place - 1].isAlphanumeric {
      let parts = place + 3..<start
      if parts.allSatisfy({ text[$0] == 0x20 || text[$0] == .ascii(":") || text[$0] == .ascii("#") }) {
        return start..<end
      }
    }
    return nil
  }

  /// Whether what stands before the digits makes them part of something else.
  private static func isPart(_ text: ScannedText, _ start: Int) -> Bool {
    let before = text[start - 1]
    if before == .ascii("_") { return !text.isAfterPrefix(start) }
    return before == .ascii("-") || before == .ascii(".") || before == .ascii("+") || before == .ascii("/")
  }

  private static func group(_ text: ScannedText, _ start: Int) -> Group? {
    let before = text[start - 1]
    guard before != .ascii("."), before != .ascii("_") || text.isAfterPrefix(start), before != .ascii("+") else {
      return nil
    }
    if before == .ascii("-"), text[start - 2].isAlphanumeric, !isAfterSortCode(text, start) { return nil }
    let end = text.end(from: start, while: \.isDigit)
    switch end - start {
    case 2: return pairedSortCode(text, start)
    case 6: return isBoundary(text, end) ? Group(kind: .plainSixDigits, range: start..<end) : nil
    case 7, 8: return isBoundary(text, end) ? Group(kind: .account, range: start..<end) : nil
    case 4: return pairedAccount(text, start)
    default: return nil
    }
  }

  private static func isAfterSortCode(_ text: ScannedText, _ start: Int) -> Bool {
    text[start - 4] == .ascii("-") && text[start - 7] == .ascii("-") && !text[start - 10].isAlphanumeric
  }

  private static func isBoundary(_ text: ScannedText, _ end: Int) -> Bool {
    let after = text[end]
    if after == .ascii(".") || after == .ascii("-") { return !text[end + 1].isAlphanumeric }
    return !after.isAlphanumeric && after != .ascii("_")
  }

  /// `20-00-00` or `20 00 00`; also joined to its account, as in `20-00-00-55779911`.
  private static func pairedSortCode(_ text: ScannedText, _ start: Int) -> Group? {
    let separator = text[start + 2]
    guard separator == .ascii("-") || separator == 0x20, text[start + 5] == separator else { return nil }
    for place in [3, 4, 6, 7] where !text[start + place].isDigit { return nil }
    let isJoined = text[start + 8] == .ascii("-") && text.end(from: start + 9, while: \.isDigit) == start + 17
    guard isJoined || isBoundary(text, start + 8) else { return nil }
    return Group(kind: .sortCode, range: start..<start + 8)
  }

  /// `5577 9911`.
  private static func pairedAccount(_ text: ScannedText, _ start: Int) -> Group? {
    guard text[start + 4] == 0x20, text.end(from: start + 5, while: \.isDigit) == start + 9,
      isBoundary(text, start + 9)
    else { return nil }
    return Group(kind: .account, range: start..<start + 9)
  }

  private static func pairs(_ first: Group, _ second: Group, _ text: ScannedText) -> Bool {
    let gap = first.range.upperBound..<second.range.lowerBound
    guard gap.count <= distance else { return false }
    switch (first.kind, second.kind) {
    case (.sortCode, .account), (.account, .sortCode): return true
    case (.plainSixDigits, .account), (.account, .plainSixDigits):
      return gap.count == 1 && text[gap.lowerBound] == .ascii("/")
        || namesAccount(text, gap.lowerBound - 24..<gap.upperBound)
    default: return false
    }
  }

  /// Whether "sort code" or "account" is said near two bare numbers.
  private static func namesAccount(_ text: ScannedText, _ range: Range<Int>) -> Bool {
    for index in max(0, range.lowerBound)..<range.upperBound {
      if text.hasWord("sort", at: index) || text.hasWord("acc", at: index) || text.hasWord("a/c", at: index) {
        return true
      }
    }
    return false
  }
}
