internal import CTCrypto
internal import CTJSON
internal import CTSpec

extension TinyTower {
  /// What is stored of an event.
  func redacted(_ event: JSONValue) -> JSONValue {
    guard let schema = spec.operations.first(where: { $0.id == "createEvent" })?.requestBody?.content.first?.schema
    else { return event }
    guard case .object(let members) = event else { return event }
    let type = event["type"]?.string
    let branch = spec.index.resolved(schema).discriminator?.mapping.first { $0.value == type }?.schema
    let payload = branch.flatMap { property("payload", [$0]) }
    return .object(
      members.map { member in
        member.key == "payload" ? .init(key: "payload", value: reduced(member.value, payload, event, depth: 0)) : member
      })
  }

  private func property(_ name: String, _ ids: [SchemaID]) -> SchemaID? {
    ids.lazy.compactMap { [spec] in spec.index.resolved($0).properties.first { $0.name == name }?.schema }.first
  }

  /// What no schema names is text of any kind.
  private func reduced(_ value: JSONValue, _ schema: SchemaID?, _ event: JSONValue, depth: Int) -> JSONValue {
    switch value {
    case .object(let members):
      return .object(
        members.compactMap { member in
          if has(.payloadMemberIsLost), member.key == "vat" { return nil }
          let known = schema.flatMap { property(member.key, [$0]) }
          if let mark = known.flatMap({ spec.index.resolved($0).redact ?? spec.index[$0].redact }) {
            return replaced(member, mark, event)
          }
          return .init(key: member.key, value: reduced(member.value, known, event, depth: depth + 1))
        })
    case .array(let items):
      let known = schema.flatMap { spec.index.resolved($0).items }
      return .array(items.map { reduced($0, known, event, depth: depth + 1) })
    case .string(let text) where schema == nil && isPersonal(text, depth): return .string("[removed]")
    default: return value
    }
  }

  private func isPersonal(_ text: String, _ depth: Int) -> Bool {
    if has(.textIsKept), depth == 1 { return false }
    if has(.nestedTextIsKept), depth > 1 { return false }
    return text.contains("@") || text.count(where: \.isNumber) >= 6
  }

  private func replaced(_ member: JSONValue.Member, _ mark: Redaction, _ event: JSONValue) -> JSONValue.Member? {
    let text = member.value.string ?? ""
    switch mark {
    case .drop where has(.droppedIsKept): return member
    case .drop: return has(.droppedIsEmptied) ? .init(key: member.key, value: .string("")) : nil
    case .hash: return .init(key: member.key, value: .string(hash(text, event)))
    case .mask:
      let shown = has(.maskKeepsEnd) ? "***\(text.suffix(3))" : "***"
      return .init(key: member.key, value: .string(shown))
    case .pointer: return .init(key: member.key, value: .string("ct://originals/\(event["eventId"]?.string ?? "")"))
    }
  }

  private func hash(_ text: String, _ event: JSONValue) -> String {
    if has(.hashedIsKept) { return text }
    if has(.hashIsPlainDigest) { return SHA256.hash(Array(text.utf8)).hex }
    let salt = has(.hashIsSalted) ? event["eventId"]?.string ?? "" : ""
    return "h_" + key.tag(Array((salt + text).utf8)).hex.prefix(24)
  }
}
