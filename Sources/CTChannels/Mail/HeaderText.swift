/// Text in the head of a mail: ASCII as it is, everything else as encoded words (RFC 2047).
enum HeaderText {
  /// The value of a field such as `Subject`, folded.
  ///
  /// - Parameter column: how many characters of the line are taken already.
  static func unstructured(_ text: String, after column: Int) -> String {
    let text = text.onOneLine
    return isPlain(text) && column + text.utf8.count <= 78 ? text : encoded(text, after: column)
  }

  /// `address`, or `name <address>`, which begins a line or follows `From: `.
  static func mailbox(_ mailbox: Mailbox) -> String {
    guard let name = mailbox.name else { return mailbox.address }
    return "\(phrase(name)) <\(mailbox.address)>"
  }

  private static func phrase(_ text: String) -> String {
    guard isPlain(text), text.utf8.count <= 60 else { return encoded(text, after: 6) }
    let isAtoms = text.utf8.allSatisfy { $0 == 0x20 || isSafe($0) }
    return isAtoms ? text : "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
  }

  /// Nothing that has to be encoded, and nothing that looks as if it were.
  private static func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy { 0x20...0x7e ~= $0 } && !text.contains("=?") && text.first != " " && text.last != " "
  }

  /// Encoded words of at most 75 characters, each on a line, broken between characters only (sections 2 and 5).
  private static func encoded(_ text: String, after column: Int) -> String {
    let (start, end) = ("=?UTF-8?Q?", "?=")
    var room = 63 - column
    var words = [""]
    for scalar in text.unicodeScalars {
      let piece = UTF8.encode(scalar)!.map(encode).joined()
      if words[words.count - 1].utf8.count + piece.utf8.count > room {
        words.append("")
        room = 63
      }
      words[words.count - 1] += piece
    }
    return words.map { start + $0 + end }.joined(separator: "\r\n ")
  }

  /// The "Q" encoding, with the characters that are safe everywhere (section 5, rule 3).
  private static func encode(_ octet: UInt8) -> String {
    if octet == 0x20 { return "_" }
    return isSafe(octet) ? String(UnicodeScalar(octet)) : QuotedPrintable.escape(octet)
  }

  private static func isSafe(_ octet: UInt8) -> Bool {
    switch octet {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "!"), UInt8(ascii: "*"), UInt8(ascii: "+"),
      UInt8(ascii: "-"), UInt8(ascii: "/"):
      true
    default: false
    }
  }
}
