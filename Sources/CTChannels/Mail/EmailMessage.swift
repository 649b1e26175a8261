package import CTJSON

/// A mail, as text and, where there is one, as HTML that says the same.
package struct EmailMessage: Sendable, Hashable {
  package var from: Mailbox
  package var to: [Mailbox]
  package var subject: String
  package var text: String
  package var html: String?
  /// What the message is about, the same whenever it is sent again; its `Message-ID` is made of this and the sender's
  /// domain, so that a repeat can be recognised.
  package var id: String
  /// What it belongs to: messages with the same thread are shown together.
  package var thread: String?
  package var date: Timestamp

  package init(
    from: Mailbox, to: [Mailbox], subject: String, text: String, html: String? = nil, id: String,
    thread: String? = nil, date: Timestamp
  ) {
    self.from = from
    self.to = to
    self.subject = subject
    self.text = text
    self.html = html
    self.id = id
    self.thread = thread
    self.date = date
  }
}

/// Sends mail.
package protocol Mailer: Sendable {
  /// - Throws: ``DeliveryError`` when nobody will get the message.
  func send(_ message: EmailMessage) async throws(DeliveryError) -> MailReceipt
}

/// What the server said to a message that it took.
package struct MailReceipt: Sendable, Hashable, CustomStringConvertible {
  /// A recipient that was refused while others were taken.
  package struct Refusal: Sendable, Hashable {
    package let address: String
    package let reply: String
  }

  package let server: String
  package let reply: String
  package let refused: [Refusal]

  package var description: String {
    let refusals = refused.map { "; but \($0.address) was refused: \($0.reply)" }.joined()
    return "\(server) took it: \(reply)\(refusals)"
  }
}
