package import CTJSON

extension Alert {
  /// The document in the store.
  package var json: JSONValue {
    var members: [JSONValue.Member] = []
    func add(_ key: String, _ text: String?) {
      if let text { members.append(.init(key: key, value: .string(text))) }
    }
    add("id", id)
    add("rule", rule)
    add("dedupeKey", dedupeKey)
    add("severity", severity.rawValue)
    add("state", state.rawValue)
    add("title", title)
    add("detail", detail)
    add("systemId", systemId)
    add("link", link)
    if let channels { members.append(.init(key: "channels", value: .array(channels.map { .string($0) }))) }
    add("since", since.description)
    add("startedAt", startedAt?.description)
    add("updatedAt", updatedAt.description)
    add("resolvedAt", resolvedAt?.description)
    add("acknowledgedBy", acknowledged?.by)
    add("acknowledgedAt", acknowledged?.at.description)
    add("acknowledgedNote", acknowledged?.note)
    add("snoozedUntil", snoozedUntil?.description)
    add("snoozedBy", snoozedBy)
    if isMuted { members.append(.init(key: "muted", value: .bool(true))) }
    add("notifiedAt", notifiedAt?.description)
    if isToBeToldAgain { members.append(.init(key: "toBeToldAgain", value: .bool(true))) }
    return .object(members)
  }

  /// Reads ``json`` back; `nil` for anything else.
  package init?(json: JSONValue) {
    func text(_ key: String) -> String? { json[key]?.string }
    func time(_ key: String) -> Timestamp? { text(key).flatMap { Timestamp($0) } }
    guard let id = text("id"), let rule = text("rule"), let dedupeKey = text("dedupeKey"),
      let severity = text("severity").flatMap(Severity.init), let state = text("state").flatMap(State.init),
      let title = text("title"), let detail = text("detail"), let systemId = text("systemId"),
      let since = time("since"), let updatedAt = time("updatedAt")
    else { return nil }
    self.init(
      id: id, rule: rule, dedupeKey: dedupeKey, severity: severity, state: state, title: title, detail: detail,
      systemId: systemId, link: text("link"), channels: json["channels"]?.elements?.compactMap(\.string), since: since,
      startedAt: time("startedAt"), updatedAt: updatedAt, resolvedAt: time("resolvedAt"))
    if let by = text("acknowledgedBy"), let at = time("acknowledgedAt") {
      acknowledged = Acknowledgement(by: by, at: at, note: text("acknowledgedNote"))
    }
    snoozedUntil = time("snoozedUntil")
    snoozedBy = text("snoozedBy")
    isMuted = json["muted"]?.bool ?? false
    notifiedAt = time("notifiedAt")
    isToBeToldAgain = json["toBeToldAgain"]?.bool ?? false
  }
}
