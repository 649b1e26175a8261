package import CTHTTP
internal import CTJSON

/// Posts to an incoming webhook of Slack, or of a system that takes the same messages. Its URL is a secret.
package struct SlackChannel: Channel {
  private let url: URLParts
  private let courier: Courier

  package init(url: URLParts, courier: Courier) {
    self.url = url
    self.courier = courier
  }

  package func send(_ notification: Notification) async throws(DeliveryError) -> String {
    try await courier.post(JSONWriter.write(Self.message(notification)), to: url)
  }

  /// Blocks for Slack; `text` is what its notifications show, and what systems without blocks do.
  static func message(_ notification: Notification) -> JSONValue {
    let title = "\(mark(notification)) *\(escaped(notification.headline, room: 900))*"
    // Slack takes 3,000 characters.
    let detail = escaped(notification.detail, room: 1900)
    let facts = notification.facts.map { "\($0.name): \(escaped($0.value.onOneLine, room: 500))" }
      .joined(separator: "  ·  ")
    var blocks = [section(detail.isEmpty ? title : "\(title)\n\(detail)"), context(facts)]
    var lines = [title, detail, facts].filter { !$0.isEmpty }
    if let link = notification.link, link.count <= 3000 {
      blocks.append(button(to: link))
      lines.append(escaped(link))
    }
    return .object([
      .init(key: "text", value: .string(lines.joined(separator: "\n"))),
      .init(key: "blocks", value: .array(blocks)),
    ])
  }

  /// `&`, `<` and `>` are what begins links, mentions and entities in Slack's markup; nothing else has to be escaped.
  ///
  /// - Parameter room: how many characters there may be; what goes beyond is cut off, but no escape is cut in two.
  static func escaped(_ text: String, room: Int = .max) -> String {
    var escaped = ""
    var left = room
    for character in text {
      let piece =
        switch character {
        case "&": "&amp;"
        case "<": "&lt;"
        case ">": "&gt;"
        default: String(character)
        }
      left -= piece.unicodeScalars.count
      // One is kept for the ellipsis.
      guard left > 0 else { return escaped + "…" }
      escaped += piece
    }
    return escaped
  }

  private static func mark(_ notification: Notification) -> String {
    switch (notification.state, notification.severity) {
    case (.resolved, _): "✅"
    case (.acknowledged, _): "👀"
    case (_, .critical), (_, .error): "🔴"
    case (_, .warning): "🟠"
    case (_, .info): "🔵"
    }
  }

  private static func section(_ text: String) -> JSONValue {
    object([("type", .string("section")), ("text", markup(text))])
  }

  private static func context(_ text: String) -> JSONValue {
    object([("type", .string("context")), ("elements", .array([markup(text)]))])
  }

  private static func button(to link: String) -> JSONValue {
    let label = object([("type", .string("plain_text")), ("text", .string("Open"))])
    let button = object([("type", .string("button")), ("text", label), ("url", .string(link))])
    return object([("type", .string("actions")), ("elements", .array([button]))])
  }

  /// Verbatim: names and addresses in it do not become mentions and links by themselves.
  private static func markup(_ text: String) -> JSONValue {
    object([("type", .string("mrkdwn")), ("text", .string(text)), ("verbatim", .bool(true))])
  }

  private static func object(_ members: [(String, JSONValue)]) -> JSONValue {
    .object(members.map { .init(key: $0, value: $1) })
  }
}
