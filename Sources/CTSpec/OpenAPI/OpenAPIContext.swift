/// What the readers of OpenAPI's objects share: references between components, and what has been read already.
final class OpenAPIContext {
  let load: LoadContext
  /// The file of the description itself, whose components security requirements and discriminators name.
  let file: String
  var responses: [SchemaID: Response] = [:]
  var parameters: [SchemaID: Parameter] = [:]
  var schemes: [ExactString: SecurityScheme] = [:]

  init(load: LoadContext, file: String) {
    self.load = load
    self.file = file
  }

  func error(_ id: String, at location: SourceLocation, _ message: String, suggestion: String? = nil) {
    load.error(id, at: location, message, suggestion: suggestion)
  }

  /// An object of OpenAPI with its address.
  struct Place {
    var node: SpecNode
    var id: SchemaID
    /// Whether it was reached by a `$ref`.
    var isReferenced = false

    /// The last token of the address if it was referenced: its name among the components.
    var componentName: String? { isReferenced ? JSONPointer.lastToken(of: id.pointer) : nil }
  }

  /// Follows `$ref` (OpenAPI 3.1, section 4.8.23), also from file to file; `nil` if it leads nowhere, which is reported.
  func resolved(_ node: SpecNode, _ id: SchemaID, _ what: String) -> Place? {
    var place = Place(node: node, id: id)
    var visited: Set<SchemaID> = []
    while let reference = place.node.member("$ref") {
      checkSiblings(of: place.node, what)
      guard visited.insert(place.id).inserted else {
        error("reference-cycle", at: reference.keyLocation, "this '$ref' leads back to itself")
        return nil
      }
      guard let target = load.resolve(reference.value, from: place.id), let found = load.node(at: target) else {
        return nil
      }
      place = Place(node: found, id: target, isReferenced: true)
    }
    return place
  }

  private func checkSiblings(of node: SpecNode, _ what: String) {
    for member in node.members ?? [] where !["$ref", "summary", "description"].contains(member.key) {
      error(
        "reference-sibling", at: member.keyLocation,
        "'\(member.key)' beside '$ref' means nothing in a \(what)", suggestion: "remove one of them")
    }
  }

  /// Notes the schema that is the value of a member.
  func schema(_ key: String, of reader: ObjectReader) -> SchemaID? {
    guard let node = reader.any(key) else { return nil }
    let id = reader.id.appending(key)
    load.enqueue(id, node)
    return id
  }

  /// Reports fields of OpenAPI that nothing here enforces.
  func refuse(_ keys: [String], of reader: ObjectReader) {
    for key in keys {
      guard let member = reader.member(key) else { continue }
      error(
        "unenforceable-field", at: member.keyLocation, "'\(key)' of \(reader.aWhat) cannot be enforced",
        suggestion: "remove it")
    }
  }

  /// Reports fields that must be left out or false.
  func refuseTrue(_ keys: [String], of reader: ObjectReader) {
    for key in keys where reader.flag(key) {
      guard let member = reader.member(key) else { continue }
      error(
        "unenforceable-field", at: member.keyLocation, "'\(key)' of \(reader.aWhat) cannot be enforced",
        suggestion: "remove it")
    }
  }
}
