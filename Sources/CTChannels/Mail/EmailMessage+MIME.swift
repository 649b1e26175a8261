internal import CTCrypto
internal import CTHTTP
internal import CTJSON

extension EmailMessage {
  /// The message as it goes to the server (RFC 5322, RFC 2045), with CRLF line ends; dots at the beginning of lines are
  /// not doubled yet.
  package var mime: [UInt8] {
    var lines = head
    if let html {
      let boundary = "=_ct_\(digest(of: id).prefix(24))"
      lines.append("Content-Type: multipart/alternative;\r\n boundary=\"\(boundary)\"")
      lines.append("")
      lines += ["--\(boundary)"] + Self.part("plain", text)
      lines += ["--\(boundary)"] + Self.part("html", html)
      lines.append("--\(boundary)--")
    } else {
      lines += Self.part("plain", text)
    }
    return Array((lines.joined(separator: "\r\n") + "\r\n").utf8)
  }

  /// Without angle brackets.
  package var messageID: String { "\(digest(of: id).prefix(32))@\(from.domain)" }

  private var head: [String] {
    var head = [
      "Date: \(FixedDate.text(second: Int(date.microseconds / 1_000_000))) +0000",
      "From: \(HeaderText.mailbox(from))",
      "To: \(to.map(HeaderText.mailbox).joined(separator: ",\r\n "))",
      "Subject: \(HeaderText.unstructured(subject, after: 9))",
      "Message-ID: <\(messageID)>",
    ]
    if let thread {
      // A message that does not exist, and that all messages of the thread refer to.
      head.append("References: <\(digest(of: "thread \(thread)").prefix(32))@\(from.domain)>")
    }
    // So that no machine answers (RFC 3834, section 5).
    return head + ["Auto-Submitted: auto-generated", "MIME-Version: 1.0"]
  }

  private static func part(_ subtype: String, _ content: String) -> [String] {
    [
      "Content-Type: text/\(subtype); charset=utf-8", "Content-Transfer-Encoding: quoted-printable", "",
      QuotedPrintable.encode(content),
    ]
  }

  private func digest(of text: String) -> String { SHA256.hash(text.utf8).hex }
}
