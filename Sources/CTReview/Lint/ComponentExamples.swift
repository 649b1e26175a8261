internal import CTSpec

/// The examples of components, whether an operation uses them or not; those of schemas are in the schemas.
struct ComponentExamples {
  struct Found {
    let value: SpecNode
    let schema: SchemaID
    let side: Side
  }

  private(set) var found: [Found] = []
  private let document: OpenAPIDocument

  init(_ document: OpenAPIDocument) {
    self.document = document
    for (node, id) in components("parameters") { collect(node, id, .request) }
    for (node, id) in components("headers") { collect(node, id, .response) }
    for (node, id) in components("requestBodies") { collect(under: "content", node, id, .request) }
    for (node, id) in components("responses") {
      collect(under: "content", node, id, .response)
      collect(under: "headers", node, id, .response)
    }
  }

  private func components(_ section: String) -> [(SpecNode, SchemaID)] {
    let id = SchemaID(file: document.file, pointer: "/components").appending(section)
    return (document.root.at(pointer: id.pointer)?.members ?? []).map { ($0.value, id.appending($0.key)) }
  }

  private mutating func collect(under key: String, _ node: SpecNode, _ id: SchemaID, _ side: Side) {
    for member in node[key]?.members ?? [] {
      collect(member.value, id.appending(key).appending(member.key), side)
    }
  }

  /// Of a parameter, a header or a media type; one that is a reference has its examples where it leads.
  private mutating func collect(_ node: SpecNode, _ id: SchemaID, _ side: Side) {
    let schema = id.appending("schema")
    guard document.index.schemas[schema] != nil else { return }
    let named = (node["examples"]?.members ?? []).compactMap { resolved($0.value, in: id.file)?["value"] }
    for value in [node["example"]].compactMap({ $0 }) + named {
      found.append(Found(value: value, schema: schema, side: side))
    }
  }

  /// The loader has followed these references before, so that they end.
  private func resolved(_ example: SpecNode, in file: String) -> SpecNode? {
    guard let text = example["$ref"]?.string else { return example }
    let (resource, fragment) = URIReference.split(text)
    let target = resource.isEmpty ? file : URIReference.resolve(resource, from: file)
    guard let node = document.index.documents[target]?.at(pointer: fragment ?? "") else { return nil }
    return resolved(node, in: target)
  }
}
