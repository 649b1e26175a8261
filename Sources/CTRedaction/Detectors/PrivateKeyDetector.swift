/// PEM blocks (RFC 7468): from `-----BEGIN …` to the end of `-----END …-----`, or of the text where that is cut off.
///
/// Certificates and public keys count: they name people, and nothing reads them here.
enum PrivateKeyDetector {
  static func scan(_ text: ScannedText, _ findings: inout Findings) {
    var index = 0
    while let begin = find("-----BEGIN ", in: text, from: index) {
      let end = find("-----END ", in: text, from: begin + 11).map { closing(text, from: $0 + 9) } ?? text.count
      findings.add(.privateKey, begin..<end)
      index = end
    }
  }

  /// After the five hyphens that close the line, or after its label.
  private static func closing(_ text: ScannedText, from label: Int) -> Int {
    let hyphens = text.end(from: label) { $0 != .ascii("-") && $0 != 0x0A }
    return text.end(from: hyphens) { $0 == .ascii("-") }
  }

  private static func find(_ marker: StaticString, in text: ScannedText, from start: Int) -> Int? {
    var index = start
    while index + marker.utf8CodeUnitCount <= text.count {
      if text[index] == .ascii("-"), text[index + 5] == marker.utf8Start[5], text.hasPrefix(marker, at: index) {
        return index
      }
      index += 1
    }
    return nil
  }
}
