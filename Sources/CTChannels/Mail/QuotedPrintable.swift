/// Text as lines of at most 76 ASCII characters (RFC 2045, section 6.7).
enum QuotedPrintable {
  /// Line breaks in the text become CRLF.
  static func encode(_ text: String) -> String {
    let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    return lines.map(encode(line:)).joined(separator: "\r\n")
  }

  private static let longest = 76

  private static func encode(line: Substring) -> String {
    var output = ""
    var column = 0
    let octets = Array(line.utf8)
    for (index, octet) in octets.enumerated() {
      let word = encode(octet, isLast: index == octets.count - 1)
      // The last column is for the mark of a soft break.
      if column + word.count > longest - 1 {
        output += "=\r\n"
        column = 0
      }
      output += word
      column += word.count
    }
    return output
  }

  /// White space at a line's end would be lost on the way.
  private static func encode(_ octet: UInt8, isLast: Bool) -> String {
    switch octet {
    case UInt8(ascii: "="): "=3D"
    case 0x20, 0x09: isLast ? escape(octet) : String(UnicodeScalar(octet))
    case 0x21...0x7e: String(UnicodeScalar(octet))
    default: escape(octet)
    }
  }

  /// `=` and two upper-case hexadecimal digits.
  static func escape(_ octet: UInt8) -> String {
    let digits = Array("0123456789ABCDEF")
    return "=\(digits[Int(octet >> 4)])\(digits[Int(octet & 15)])"
  }
}
