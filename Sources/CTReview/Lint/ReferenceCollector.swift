package import CTSpec

/// Every reference of a description: `$ref`, discriminators, security requirements.
struct ReferenceCollector: Sendable {
  /// Every place that something outside refers to, or into.
  private var referenced: Set<SchemaID> = []

  init(_ document: OpenAPIDocument) {
    for (file, root) in document.index.documents {
      collect(root, SchemaID(file: file, pointer: ""))
    }
    for schema in document.index.schemas.values {
      if let ref = schema.ref { note(schema.id, ref) }
    }
    let schemes = SchemaID(file: document.file, pointer: "/components/securitySchemes")
    for requirement in document.operations.flatMap(\.security) {
      for scheme in requirement.schemes {
        note(SchemaID(file: document.file, pointer: ""), schemes.appending(scheme.name))
      }
    }
  }

  /// Whether anything outside refers to a place or into it.
  func isReferenced(_ id: SchemaID) -> Bool { referenced.contains(id) }

  private mutating func note(_ from: SchemaID, _ to: SchemaID) {
    var place = to
    while !from.isWithin(place) {
      referenced.insert(place)
      guard let parent = JSONPointer.parent(of: place.pointer) else { return }
      place = SchemaID(file: place.file, pointer: parent)
    }
  }

  /// The loader bounds how deep documents are.
  private mutating func collect(_ node: SpecNode, _ id: SchemaID) {
    for (index, element) in (node.elements ?? []).enumerated() { collect(element, id.appending(index)) }
    for member in node.members ?? [] {
      if member.key == "$ref", let text = member.value.string { note(text, from: id) }
      if member.key == "mapping" {
        for value in member.value.members ?? [] { value.value.string.map { note($0, from: id) } }
      }
      collect(member.value, id.appending(member.key))
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
