/// International bank account numbers: country, two check digits, up to 30 letters and digits, right modulo 97.
///
/// Source: ISO 13616-1 and the lengths of the SWIFT IBAN registry. The groups may be parted by spaces or hyphens.
enum IBANDetector {
  static func scan(_ text: ScannedText, _ findings: inout Findings) {
    var index = 0
    while index + 4 < text.count {
      guard text[index].isLetter, text[index + 1].isLetter, text[index + 2].isDigit, text[index + 3].isDigit,
        !text[index - 1].isAlphanumeric || text.hasWord("iban", at: index - 4),
        let length = length(text[index].uppercased, text[index + 1].uppercased),
        let end = end(of: text, from: index, length: length)
      else {
        index += 1
        continue
      }
      findings.add(.iban, index..<end)
      index = end
    }
  }

  /// Where the IBAN ends that starts at `start`, if there is one. It reads at most 34 letters and digits.
  private static func end(of text: ScannedText, from start: Int, length: Int) -> Int? {
    var index = start
    var count = 0
    var rest = 0  // of what follows the first four characters
    var head = 0  // the first four, which are checked last
    while count < length {
      if count > 0 { index += separator(text, index, after: count) }
      let byte = text[index]
      guard byte.isAlphanumeric else { return nil }
      let value = byte.isDigit ? byte.digitValue : Int(byte.uppercased) - 55
      let factor = byte.isDigit ? 10 : 100
      if count < 4 { head = head * factor + value } else { rest = (rest * factor + value) % 97 }
      count += 1
      index += 1
    }
    guard !text[index].isAlphanumeric else { return nil }
    // Two letters are four digits, the check digits two more: the head counts six.
    return (rest * 1_000_000 + head) % 97 == 1 ? index : nil
  }

  /// Spaces anywhere; hyphens and full stops only where the groups of four end, for UUIDs have them elsewhere.
  private static func separator(_ text: ScannedText, _ index: Int, after count: Int) -> Int {
    if text[index] == 0x20 { return text[index + 1] == 0x20 ? 2 : 1 }
    return count.isMultiple(of: 4) && (text[index] == .ascii("-") || text[index] == .ascii(".")) ? 1 : 0
  }

  private static func length(_ first: UInt8, _ second: UInt8) -> Int? {
    let code = UInt16(first) << 8 | UInt16(second)
    for entry in registry where entry.codes.contains(code) { return entry.length }
    return nil
  }

  private struct Entry {
    let length: Int
    let codes: [UInt16]

    init(_ length: Int, _ countries: StaticString) {
      self.length = length
      let letters = UnsafeBufferPointer(start: countries.utf8Start, count: countries.utf8CodeUnitCount)
      codes = stride(from: 0, to: letters.count, by: 3).map { UInt16(letters[$0]) << 8 | UInt16(letters[$0 + 1]) }
    }
  }

  private static let registry = [
    Entry(15, "NO"), Entry(16, "BE"), Entry(18, "DK FI FK FO GL NL SD"), Entry(19, "MK SI"),
    Entry(20, "AT BA EE KZ LT LU MN XK"), Entry(21, "CH HR LI LV"), Entry(22, "BG BH CR DE GB GE IE ME RS VA"),
    Entry(23, "AE GI IL IQ OM SO TL"), Entry(24, "AD CZ ES MD PK RO SA SE SK TN VG"), Entry(25, "LY PT ST"),
    Entry(26, "IS TR"), Entry(27, "BI DJ FR GR IT MC MR SM"), Entry(28, "AL AZ BY CY DO GT HN HU LB NI PL SV"),
    Entry(29, "BR EG PS QA UA"), Entry(30, "JO KW MU YE"), Entry(31, "MT SC"), Entry(32, "LC"), Entry(33, "RU"),
  ]
}
