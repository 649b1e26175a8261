/// The places and disguises in which values turn up.
extension SeededGenerator {
  /// A value within text that names nothing.
  mutating func inText(_ value: String) -> String {
    switch int(0...9) {
    case 0, 1, 2: value
    case 3: "Please ring or write: \(value)."
    case 4: "\(value) was not accepted"
    case 5: "line one\n\(value)\nline three"
    case 6: "upload failed (\(value)), will try again"
    case 7: "row 17; \(value); done"
    case 8: "{\"note\":\(quoted(value)),\"try\":3}"
    default: "[[\(quoted(value))], {\"x\": true}]"
    }
  }

  /// Also encoded, or written with characters that only look the same.
  mutating func disguised(_ value: String) -> String {
    switch int(0...9) {
    case 0: "q=\(percentEncoded(value))&page=2"
    case 1: fullWidth(value)
    case 2: "\(value.prefix(2))\u{200B}\(value.dropFirst(2))"
    case 3: value.replacing(" ", with: "\u{202F}").replacing("-", with: "\u{2011}")
    default: inText(value)
    }
  }

  private func quoted(_ value: String) -> String {
    var text = "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"", "\\": text += "\\\(scalar)"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }

  private func percentEncoded(_ value: String) -> String {
    let digits = Array("0123456789ABCDEF")
    return value.utf8.map { byte in
      let isPlain = byte >= 48 && byte < 58 || (byte | 32) >= 97 && (byte | 32) < 123 || byte == 45 || byte == 46
      return isPlain ? String(UnicodeScalar(byte)) : "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
    }.joined()
  }

  private func fullWidth(_ value: String) -> String {
    var text = ""
    for scalar in value.unicodeScalars {
      let isASCII = (0x21...0x7E).contains(scalar.value)
      text.unicodeScalars.append(isASCII ? Unicode.Scalar(scalar.value + 0xFEE0)! : scalar)
    }
    return text
  }
}
