/// The one spelling of a value that is hashed, so that a person's data joins however it was written.
///
/// | value | canonical form |
/// |---|---|
/// | an e-mail address | in lower case: hosts are case-insensitive, and no provider tells mailboxes apart by case |
/// | an IBAN | in capitals, without spaces and hyphens |
/// | a UK telephone number, or one with its country code | E.164 |
/// | anything else | without white space at its ends |
enum CanonicalForm {
  static func of(_ content: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    let shape = TextShape(content)
    guard shape.kinds.contains(.encoded) else { return of(ScannedText(content), shape) }
    let folded = FoldedText(content).bytes
    return folded.withUnsafeBufferPointer { of(ScannedText($0), TextShape($0)) }
  }

  private static func of(_ text: ScannedText, _ shape: TextShape) -> [UInt8] {
    guard let whole = text.trimmed else { return [] }
    if shape.kinds.contains(.at), isAll(whole, text, EmailDetector.scan) { return text.part(whole).map(\.lowercased) }
    if shape.digits >= 7 {
      if isAll(whole, text, IBANDetector.scan) {
        return text.part(whole).filter(\.isAlphanumeric).map(\.uppercased)
      }
      if isAll(whole, text, PhoneDetector.scan) { return e164(text.part(whole)) }
    }
    return Array(text.part(whole))
  }

  private static func isAll(
    _ whole: Range<Int>, _ text: ScannedText, _ scan: (ScannedText, inout Findings) -> Void
  ) -> Bool {
    var findings = Findings()
    scan(text, &findings)
    return findings.all.count == 1 && findings.all[0].range == whole
  }

  /// A number without a country code is British: the company is.
  private static func e164(_ number: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var digits = number.filter(\.isDigit)
    if number.first != .ascii("+"), digits.starts(with: "00".utf8) {
      digits.removeFirst(2)
    } else if number.first != .ascii("+"), digits.first == .ascii("0") {
      digits.replaceSubrange(0..<1, with: "44".utf8)
    }
    if digits.starts(with: "440".utf8) { digits.remove(at: 2) }
    return [.ascii("+")] + digits
  }
}
