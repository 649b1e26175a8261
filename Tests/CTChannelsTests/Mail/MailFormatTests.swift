import CTJSON
import Testing

@testable import CTChannels

/// Mail as text, where a server and a parser would not tell the difference.
@Suite struct MailFormatTests {
  @Test(arguments: [
    "tower@example.com", "a.b+c@sub.example.com", "Control Tower <tower@example.com>", "Jörg <j@example.com>",
    "x@localhost",
  ]) func mailbox(text: String) {
    #expect(Mailbox(text)?.description == text)
  }

  @Test(arguments: [
    "", "tower", "@example.com", "tower@", "a@b@c", "a b@example.com", "a@exa mple.com", "<a@example.com", "a@-b.com",
    "a..b@example.com", ".a@example.com", "x\r\nBcc: y@z.com <a@example.com>", "a@example.com>\r\nRCPT TO:<b@c.com",
    "ä@example.com", "a@[127.0.0.1]",
  ]) func noMailbox(text: String) {
    #expect(Mailbox(text) == nil)
  }

  @Test func aSubjectCannotAddHeaders() {
    let message = EmailMessage(
      from: Mailbox("a@b.com")!, to: [Mailbox("c@d.com")!], subject: "x\r\nBcc: evil@example.com", text: "t", id: "1",
      date: Timestamp(microseconds: 0))
    let lines = String(decoding: message.mime, as: UTF8.self).split(separator: "\r\n", omittingEmptySubsequences: false)
    #expect(!lines.contains { $0.hasPrefix("Bcc") })
    #expect(lines.contains("Subject: x  Bcc: evil@example.com") || lines.contains("Subject: x Bcc: evil@example.com"))
  }

  @Test(arguments: [
    ("plain", "plain"), ("a=b", "a=3Db"), ("tail ", "tail=20"), ("tab\t\nx", "tab=09\r\nx"), ("é", "=C3=A9"),
    ("a\r\nb\nc", "a\r\nb\r\nc"), ("\r", "=0D"), ("", ""),
  ]) func quotedPrintable(text: String, expected: String) {
    #expect(QuotedPrintable.encode(text) == expected)
  }

  @Test func linesAreBrokenWithinTheLimit() {
    for length in 70...160 {
      let encoded = QuotedPrintable.encode(String(repeating: "x", count: length) + "é")
      let lines = encoded.split(separator: "\r\n").map(String.init)
      #expect(lines.allSatisfy { $0.count <= 76 })
      let joined = lines.map { $0.hasSuffix("=") ? String($0.dropLast()) : $0 }.joined()
      #expect(joined == String(repeating: "x", count: length) + "=C3=A9")
    }
  }

  @Test func whatLooksEncodedIsEncoded() {
    #expect(HeaderText.unstructured("=?UTF-8?Q?x?=", after: 9) == "=?UTF-8?Q?=3D=3FUTF-8=3FQ=3Fx=3F=3D?=")
  }

  @Test func withoutHTMLItIsOnePart() {
    let message = EmailMessage(
      from: Mailbox("a@b.com")!, to: [Mailbox("c@d.com")!], subject: "s", text: "t", id: "1",
      date: Timestamp(microseconds: 0))
    let text = String(decoding: message.mime, as: UTF8.self)
    #expect(text.contains("Content-Type: text/plain; charset=utf-8") && !text.contains("multipart"))
  }
}
