/// JSON Web Tokens (RFC 7519) and their encrypted kin: base64url parts with full stops between, the first a JSON object,
/// which always starts with `eyJ`.
enum JWTDetector {
  private static let shortest = 20

  static func scan(_ text: ScannedText, _ findings: inout Findings) {
    var index = 0
    while index + shortest <= text.count {
      guard text[index] == .ascii("e"), text.hasPrefix("eyJ", at: index), !text[index - 1].isAlphanumeric else {
        index += 1
        continue
      }
      let run = text.end(from: index, while: isPart)
      var end = run
      while end > index, text[end - 1] == .ascii(".") { end -= 1 }
      if end - index >= shortest, (index..<end).contains(where: { text[$0] == .ascii(".") }) {
        findings.add(.jwt, index..<end)
      }
      index = run
    }
  }

  private static func isPart(_ byte: UInt8) -> Bool {
    byte.isAlphanumeric || byte == .ascii("-") || byte == .ascii("_") || byte == .ascii(".") || byte == .ascii("=")
  }
}
