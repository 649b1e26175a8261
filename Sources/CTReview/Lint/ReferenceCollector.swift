package import CTSpec

/// Every reference of a description: `$ref`, discriminators, security requirements; and what is used by them.
///
/// Instances and extensions hold no references, whatever they look like.
struct ReferenceCollector: Sendable {
  private let index: SpecIndex
  private let main: String
  /// Every place that something outside refers to, or into.
  private var referenced: Set<SchemaID> = []
  /// To which components and files others lead; what lies in neither a component nor another file is the root.
  private var leads: [SchemaID: Set<SchemaID>] = [:]
  private var used: Set<SchemaID> = []

  init(_ document: OpenAPIDocument) {
    (index, main) = (document.index, document.file)
    for (file, root) in index.documents { collect(root, SchemaID(file: file, pointer: ""), keysAreNames: false) }
    noteSchemes(document)
    used = reached()
  }

  /// Whether anything outside refers to a place or into it.
  func isReferenced(_ id: SchemaID) -> Bool { referenced.contains(id) }

  /// Whether the description, without its components, leads to a component, be it by way of others.
  func isUsed(_ component: SchemaID) -> Bool { used.contains(component) }

  private mutating func noteSchemes(_ document: OpenAPIDocument) {
    let root = SchemaID(file: main, pointer: "")
    let schemes = SchemaID(file: main, pointer: "/components/securitySchemes")
    let ofRoot = (document.root["security"]?.elements ?? []).flatMap { $0.members ?? [] }.map(\.key)
    let ofOperations = document.operations.flatMap(\.security).flatMap(\.schemes).map(\.name)
    for name in ofRoot + ofOperations { note(root, schemes.appending(name)) }
  }

  /// What the root leads to, and files that belong to the description without a reference to them.
  private func reached() -> Set<SchemaID> {
    let targets = Set(leads.values.flatMap { $0 })
    let files = index.documents.keys.map { SchemaID(file: $0, pointer: "") }
    var queue = files.filter { $0.file == main || !targets.contains($0) }
    var reached = Set(queue)
    while let place = queue.popLast() {
      for next in leads[place] ?? [] where reached.insert(next).inserted { queue.append(next) }
    }
    return reached
  }

  /// The component that a place lies in, or else its file.
  private func unit(of place: SchemaID) -> SchemaID {
    let tokens = place.file == main ? JSONPointer.tokens(place.pointer) ?? [] : []
    let root = SchemaID(file: place.file, pointer: "")
    guard tokens.count >= 3, tokens[0] == "components" else { return root }
    return root.appending(tokens[0]).appending(tokens[1]).appending(tokens[2])
  }

  private mutating func note(_ from: SchemaID, _ to: SchemaID) {
    leads[unit(of: from), default: []].insert(unit(of: to))
    var place = to
    while !from.isWithin(place) {
      referenced.insert(place)
      guard let parent = JSONPointer.parent(of: place.pointer) else { return }
      place = SchemaID(file: place.file, pointer: parent)
    }
  }
}

extension ReferenceCollector {
  /// Objects whose keys are names.
  private static let maps: Set<String> = [
    "properties", "patternProperties", "$defs", "dependentSchemas", "schemas", "responses", "parameters", "headers",
    "requestBodies", "securitySchemes", "pathItems", "content", "examples",
  ]
  private static let instances: Set<String> = ["example", "default", "const", "enum", "value"]

  /// The loader bounds how deep documents are.
  private mutating func collect(_ node: SpecNode, _ id: SchemaID, keysAreNames: Bool) {
    for (index, element) in (node.elements ?? []).enumerated() {
      collect(element, id.appending(index), keysAreNames: false)
    }
    for member in node.members ?? [] {
      if keysAreNames {
        collect(member.value, id.appending(member.key), keysAreNames: false)
      } else {
        collect(member, of: id)
      }
    }
  }

  private mutating func collect(_ member: SpecNode.Member, of id: SchemaID) {
    switch member.key {
    case "$ref":
      if let target = index.schemas[id]?.ref { note(id, target) }
      if let text = member.value.string { note(text, from: id) }
    case "mapping":
      for value in member.value.members ?? [] { value.value.string.map { note($0, from: id) } }
    // Those of schemas are a list of instances, those of OpenAPI have names and may be references.
    case "examples" where member.value.members == nil: break
    case let key where key.hasPrefix("x-") || Self.instances.contains(key): break
    default:
      let isMap = Self.maps.contains(member.key)
      collect(member.value, id.appending(member.key), keysAreNames: isMap)
    }
  }

  private mutating func note(_ text: String, from id: SchemaID) {
    let (resource, fragment) = URIReference.split(text)
    let file = resource.isEmpty ? id.file : URIReference.resolve(resource, from: id.file)
    note(id, SchemaID(file: file, pointer: fragment ?? ""))
    let component = SchemaID(file: id.file, pointer: "/components/schemas").appending(text)
    note(id, component)
  }
}

extension SchemaID {
  /// Whether this is the other place, or lies in it.
  package func isWithin(_ other: SchemaID) -> Bool {
    file == other.file && (pointer == other.pointer || pointer.hasPrefix(other.pointer + "/"))
  }
}
