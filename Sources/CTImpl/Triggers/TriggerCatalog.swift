internal import CTGenerated
internal import CTJSON

/// The allow-list of triggers, as the specification has it: every path below `/triggers` that is a trigger's own.
struct TriggerCatalog: Sendable {
  struct Entry: Sendable {
    let name: String
    let description: String
    /// The JSON Schema of the inputs, with everything in it that it refers to.
    let inputs: [UInt8]
    /// The roles that may start it.
    let roles: [String]
  }

  /// In the order of the names.
  let entries: [Entry]

  /// That of the specification which this program was built from.
  static let shared = TriggerCatalog(document: SpecDocument.json.withUTF8Buffer { Array($0) })

  private static let prefix = "/triggers/"

  /// - Parameter document: an OpenAPI document in one piece, as JSON.
  init(document bytes: [UInt8]) {
    guard let document = try? JSONValue(parsing: bytes) else { preconditionFailure("the specification is JSON") }
    let inliner = SchemaInliner(document: document)
    entries = (document["paths"]?.members ?? []).compactMap { path in
      guard path.key.hasPrefix(Self.prefix), !path.key.contains("{"), let operation = path.value["post"] else {
        return nil
      }
      let schema = operation["requestBody"]?["content"]?["application/json"]?["schema"] ?? .object([])
      let words = [operation["summary"]?.string.map { $0 + "." }, operation["description"]?.string]
      return Entry(
        name: String(path.key.dropFirst(Self.prefix.count)),
        description: words.compactMap { $0 }.joined(separator: " ").split(whereSeparator: \.isNewline)
          .joined(separator: " "),
        inputs: JSONWriter.write(inliner.inline(schema)),
        roles: operation["security"]?.elements?.flatMap { $0["bearer"]?.elements?.compactMap(\.string) ?? [] } ?? [])
    }.sorted { $0.name < $1.name }
  }

  subscript(name: String) -> Entry? { entries.first { $0.name == name } }
}

/// Puts what a schema refers to in the place of the reference, so that it stands alone.
struct SchemaInliner {
  let document: JSONValue

  private static let depthLimit = 16

  func inline(_ schema: JSONValue) -> JSONValue { inline(schema, depth: 0) }

  private func inline(_ value: JSONValue, depth: Int) -> JSONValue {
    switch value {
    case .array(let elements): return .array(elements.map { inline($0, depth: depth) })
    case .object(let members):
      guard depth < Self.depthLimit, let reference = value["$ref"]?.string, let target = target(of: reference) else {
        return .object(members.map { .init(key: $0.key, value: inline($0.value, depth: depth)) })
      }
      // What stands beside the reference is nearer than what it refers to.
      let own = members.filter { $0.key != "$ref" }
      let far = (target.members ?? []).filter { member in !own.contains { $0.key == member.key } }
      return inline(.object(own + far), depth: depth + 1)
    default: return value
    }
  }

  private func target(of reference: String) -> JSONValue? {
    guard reference.hasPrefix("#/") else { return nil }
    var value: JSONValue? = document
    for part in reference.dropFirst(2).split(separator: "/") {
      let name = part.split(separator: "~1", omittingEmptySubsequences: false).joined(separator: "/")
      value = value?[name.split(separator: "~0", omittingEmptySubsequences: false).joined(separator: "~")]
    }
    return value
  }
}
