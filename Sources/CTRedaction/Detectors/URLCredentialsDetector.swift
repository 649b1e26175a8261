/// The user and password in a URL's authority: `https://jane:secret@host/` (RFC 3986, section 3.2.1).
enum URLCredentialsDetector {
  static func scan(_ text: ScannedText, _ findings: inout Findings) {
    var index = 0
    while index + 4 < text.count {
      guard text[index] == .ascii(":"), text[index + 1] == .ascii("/"), text[index + 2] == .ascii("/") else {
        index += 1
        continue
      }
      let start = index + 3
      let end = text.end(from: start, while: isUserInformation)
      if text[end] == .ascii("@"), end > start { findings.add(.secret, start..<end) }
      index = max(end, start)
    }
  }

  private static func isUserInformation(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte != .ascii("@") && byte != .ascii("/") && byte != .ascii("?") && byte != .ascii("#")
      && byte != .ascii("\"") && byte != .ascii("<") && byte != .ascii(">")
  }
}
