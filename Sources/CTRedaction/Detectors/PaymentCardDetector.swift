/// Payment card numbers: 12 to 19 digits with an issuer's prefix and length, and a right check digit.
///
/// Sources: ISO/IEC 7812-1 (form, and the Luhn check in annex B); the ranges that the schemes publish. The groups may
/// be parted by spaces or hyphens, as they are on the card.
enum PaymentCardDetector {
  static func scan(_ text: ScannedText, _ findings: inout Findings) {
    var index = 0
    while index < text.count {
      guard text[index].isDigit else {
        index += 1
        continue
      }
      if let end = card(text, index) {
        findings.add(.paymentCard, index..<end)
        index = end
      } else {
        index = text.end(from: index, while: \.isDigit)
      }
    }
  }

  private static func card(_ text: ScannedText, _ start: Int) -> Int? {
    guard 2...6 ~= text[start].digitValue, text[start + 3].isDigit, !isDecimal(text, start) else { return nil }
    let before = text[start - 1]
    if before.isLetter || before.isNonASCII, !isLabelled(text, start) { return nil }
    return longestCard(DigitRun(text, from: start, separator: separator), text)
  }

  /// `PAN4111111111111111`: other letters just before the digits make an identifier of them.
  private static func isLabelled(_ text: ScannedText, _ start: Int) -> Bool {
    (text.hasWord("pan", at: start - 3) && !text[start - 4].isAlphanumeric)
      || (text.hasWord("card", at: start - 4) && !text[start - 5].isAlphanumeric)
  }

  /// A space, line break, hyphen, full stop, underscore or slash, or up to three of them: ` - `.
  private static func separator(_ text: ScannedText, _ index: Int) -> Int {
    var end = index
    while end < index + 3, isSeparator(text[end]) { end += 1 }
    return end - index
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x0A, 0x0D, .ascii("-"), .ascii("."), .ascii("_"), .ascii("/"): true
    default: false
    }
  }

  private static func longestCard(_ run: DigitRun, _ text: ScannedText) -> Int? {
    for group in (0..<run.groupCount).reversed() {
      let count = run.digits(through: group)
      guard count >= 12 else { return nil }
      if isGrouped(run, through: group), !text[run.end(of: group)].isLetter, isIssued(run, count),
        passesLuhn(run, count)
      {
        return run.end(of: group)
      }
    }
    return nil
  }

  /// One group, or groups of four to eight with a shorter last one.
  private static func isGrouped(_ run: DigitRun, through last: Int) -> Bool {
    for group in 0..<last where !(4...8).contains(run.size(of: group)) { return false }
    return last == 0 || run.size(of: last) <= 8
  }

  /// Whether the digits are the fraction of a decimal number.
  private static func isDecimal(_ text: ScannedText, _ start: Int) -> Bool {
    text[start - 1] == .ascii(".") && text[start - 2].isDigit
  }

  private static func isIssued(_ run: DigitRun, _ count: Int) -> Bool {
    let six = run.number(0..<6)
    switch six {
    case 400_000...499_999: return [13, 16, 19].contains(count)  // Visa
    case 510_000...559_999, 222_100...272_099: return count == 16  // Mastercard
    case 340_000...349_999, 370_000...379_999: return count == 15  // American Express
    case 601_100...601_199, 644_000...659_999, 620_000...629_999: return 16...19 ~= count  // Discover, UnionPay
    case 300_000...305_999, 360_000...369_999, 380_000...399_999: return 14...19 ~= count  // Diners Club
    case 352_800...358_999: return 16...19 ~= count  // JCB
    case 501_800...501_899, 502_000...502_099, 503_800...503_899, 589_300...589_399, 630_400...630_499,
      670_000...679_999:
      return 12...19 ~= count && count != 13  // Maestro; 13 digits from 50 are a British article number
    default: return false
    }
  }

  private static func passesLuhn(_ run: DigitRun, _ count: Int) -> Bool {
    var sum = 0
    for index in 0..<count {
      let digit = Int(run.digits[count - 1 - index])
      sum += index.isMultiple(of: 2) ? digit : digit > 4 ? digit * 2 - 9 : digit * 2
    }
    return sum.isMultiple(of: 10)
  }
}
