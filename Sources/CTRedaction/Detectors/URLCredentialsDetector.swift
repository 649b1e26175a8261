/// The user and password in a URL's authority: `https://jane:secret@host/` (RFC 3986, section 3.2.1); and those that
/// `curl -u jane:secret` is given.
enum URLCredentialsDetector {
  /// After `-u` and `--user`: a word with a colon in it that is no URL and no pair of numbers, as `docker -u` has.
  static func scanOptions(_ text: ScannedText, _ findings: inout Findings) {
    var index = 0
    while index < text.count {
      let length = text[index] == .ascii("-") ? optionLength(text, index) : 0
      guard length > 0, !text[index - 1].isAlphanumeric else {
        index += 1
        continue
      }
      let start = index + length
      let end = text.end(from: start) { $0 > 0x20 && $0 != .ascii("\"") && $0 != .ascii("'") }
      if let colon = (start..<min(end, start + 64)).first(where: { text[$0] == .ascii(":") }), colon > start,
        colon + 1 < end, text[colon + 1] != .ascii("/"), text.end(from: colon + 1, while: \.isDigit) < end
      {
        findings.add(.secret, start..<end)
      }
      index = max(end, start)
    }
  }

  private static func optionLength(_ text: ScannedText, _ index: Int) -> Int {
    for option: StaticString in ["-u ", "-u '", "-u \"", "--user ", "--user="] where text.hasPrefix(option, at: index) {
      return option.utf8CodeUnitCount
    }
    return 0
  }

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
