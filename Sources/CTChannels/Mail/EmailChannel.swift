package import CTJSON

/// Sends notifications, and whatever else its recipients should get, by mail.
package struct EmailChannel: Channel {
  private let from: Mailbox
  private let to: [Mailbox]
  private let mailer: any Mailer

  package init(from: Mailbox, to: [Mailbox], mailer: any Mailer) {
    self.from = from
    self.to = to
    self.mailer = mailer
  }

  package func send(_ notification: Notification) async throws(DeliveryError) -> String {
    let message = EmailMessage(
      from: from, to: to, subject: notification.headline.shortened(to: 200), text: Self.text(notification),
      html: Self.html(notification), id: notification.id, thread: notification.dedupeKey, date: notification.at)
    return try await mailer.send(message).description
  }

  /// Sends a mail that is about no alert, such as the daily digest, to the channel's recipients.
  ///
  /// - Parameter id: the same whenever it is sent again, such as `digest_2025-09-27`.
  package func send(
    subject: String, text: String, html: String?, id: String, date: Timestamp
  ) async throws(DeliveryError) -> MailReceipt {
    try await mailer.send(
      EmailMessage(from: from, to: to, subject: subject, text: text, html: html, id: id, date: date))
  }

  private static func text(_ notification: Notification) -> String {
    let facts = notification.facts.map { "\($0.name): \($0.value.onOneLine)" }.joined(separator: "\n")
    return [notification.headline, notification.detail, facts, notification.link ?? ""]
      .filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  private static func html(_ notification: Notification) -> String {
    let facts = notification.facts
      .map { "<tr><th align=\"left\">\($0.name)</th><td>\(escaped($0.value))</td></tr>" }.joined(separator: "\n")
    let paragraphs = notification.detail.split(separator: "\n").map { "<p>\(escaped(String($0)))</p>" }
    let link = notification.link.map { "<p><a href=\"\(escaped($0))\">\(escaped($0))</a></p>\n" } ?? ""
    return """
      <!DOCTYPE html>
      <html><body>
      <h2>\(escaped(notification.headline))</h2>
      \(paragraphs.joined(separator: "\n"))
      <table>
      \(facts)
      </table>
      \(link)</body></html>

      """
  }

  /// For text and for attribute values in quotation marks.
  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
