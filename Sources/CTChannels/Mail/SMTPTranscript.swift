/// What was said in an SMTP session, as far as it explains how it ended (RFC 5321, section 4.2).
struct SMTPTranscript {
  /// The verb of the last command; nil before the first one.
  private(set) var command: String?
  /// The last line that the server said.
  private(set) var reply = ""
  private(set) var refused: [MailReceipt.Refusal] = []
  private var recipient: String?
  /// What is said after `QUIT` explains nothing.
  private var isOver = false

  /// The code of the last reply.
  var code: Int { Self.code(of: reply) }

  /// A line that begins with none of these answers a challenge of `AUTH` (RFC 4954, section 4): it is a secret.
  private static let verbs: Set<String> = [
    "EHLO", "HELO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "RSET", "NOOP", "QUIT",
  ]

  /// Notes a line from the client. Only its verb is kept, and a recipient's address: others hold secrets.
  mutating func sent(_ line: some Collection<UInt8>) {
    let text = String(decoding: line, as: UTF8.self)
    isOver = isOver || text.hasPrefix("QUIT")
    guard !isOver else { return }
    let verb = text.split { $0 == " " || $0 == ":" || $0.isNewline }.first.map(String.init)
    if let verb, Self.verbs.contains(verb) { command = verb }
    recipient = nil
    if text.hasPrefix("RCPT TO:<"), let end = text.firstIndex(of: ">") {
      recipient = String(text[text.index(text.startIndex, offsetBy: 9)..<end])
    }
  }

  /// Notes a line from the server.
  mutating func received(_ line: some Collection<UInt8>) {
    guard !isOver else { return }
    reply = String(decoding: line, as: UTF8.self).onOneLine.trimmingSpaces.shortened(to: 300)
    // Every line but a reply's last one has a hyphen behind its code.
    guard let address = recipient, code >= 400, reply.dropFirst(3).first != "-" else { return }
    refused.append(.init(address: address, reply: reply))
    recipient = nil
  }

  static func code(of reply: String) -> Int { Int(reply.prefix(3)) ?? 0 }
}

extension String {
  fileprivate var trimmingSpaces: String {
    var text = self[...]
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
