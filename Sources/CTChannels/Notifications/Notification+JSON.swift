package import CTJSON

extension Notification {
  /// As an object; members without a value are left out.
  package var json: JSONValue { .object(members) }

  var members: [JSONValue.Member] {
    let texts: [(String, String?)] = [
      ("id", id), ("rule", rule), ("severity", severity.rawValue), ("state", state.rawValue), ("title", title),
      ("detail", detail), ("systemId", systemId), ("dedupeKey", dedupeKey), ("startedAt", startedAt.description),
      ("at", at.description), ("link", link),
    ]
    return texts.compactMap { name, text in text.map { .init(key: name, value: .string($0)) } }
  }

  /// Reads what ``json`` writes; further members are ignored.
  package init(json: JSONValue) throws(NotificationFault) {
    func text(_ name: String) throws(NotificationFault) -> String {
      guard let text = json[name]?.string else { throw NotificationFault(member: name) }
      return text
    }
    func time(_ name: String) throws(NotificationFault) -> Timestamp {
      guard let time = Timestamp(try text(name)) else { throw NotificationFault(member: name) }
      return time
    }
    guard let severity = Severity(rawValue: try text("severity")) else { throw NotificationFault(member: "severity") }
    guard let state = State(rawValue: try text("state")) else { throw NotificationFault(member: "state") }
    self.init(
      id: try text("id"), rule: try text("rule"), severity: severity, state: state, title: try text("title"),
      detail: try text("detail"), systemId: json["systemId"]?.string, dedupeKey: try text("dedupeKey"),
      startedAt: try time("startedAt"), at: try time("at"), link: json["link"]?.string)
  }
}

/// JSON that is no notification.
package struct NotificationFault: Error, Sendable, Hashable, CustomStringConvertible {
  /// The member that is missing or wrong; empty where the text is not JSON at all.
  package let member: String

  package var description: String {
    member.isEmpty ? "the notification is not JSON" : "the notification's member '\(member)' is missing or wrong"
  }
}
