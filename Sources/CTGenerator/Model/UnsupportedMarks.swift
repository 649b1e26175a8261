internal import CTSpec

/// Refuses the tower's own marks, and `writeOnly`, where no generated code would heed them: all of them are heeded on the
/// properties of structs, and few elsewhere.
struct UnsupportedMarks {
  private let document: OpenAPIDocument
  private var index: SpecIndex { document.index }
  private let reached: Set<SchemaID>
  /// The schemas of properties of structs.
  private var written: Set<SchemaID> = []
  /// What is within a body of which handlers get the redacted form.
  private var redacted: Set<SchemaID> = []
  /// The branches of unions.
  private var branches: Set<SchemaID> = []
  private var diagnostics = Diagnostics()

  static func check(_ document: OpenAPIDocument, _ models: Models, _ diagnostics: inout Diagnostics) {
    guard document.index.order.contains(where: { document.index[$0].isMarked }) else { return }
    var check = Self(document, models)
    for model in models.allObjects { check.refuseRequired(in: model) }
    for id in document.index.order where check.reached.contains(id) { check.visit(document.index[id]) }
    for id in document.schemas { check.refuseMarks(leadingFrom: id) }
    for diagnostic in check.diagnostics.sorted { diagnostics.append(diagnostic) }
  }

  private init(_ document: OpenAPIDocument, _ models: Models) {
    self.document = document
    let index = document.index
    reached = index.reached(from: document.schemas)
    for conjunction in models.allObjects.flatMap(\.properties).map(\.conjunction) {
      written.formUnion((conjunction.all + conjunction.references).map(\.id))
    }
    redacted = index.reached(from: models.unions.filter(\.isRedacted).map(\.origin))
    for id in index.order {
      for (_, branch) in index[id].discriminator?.mapping ?? [] { branches.insert(index.resolved(branch).id) }
    }
  }

  private mutating func visit(_ schema: Schema) {
    if schema.health != nil, !branches.contains(schema.id) {
      refuse("x-ct-health", "it is for the branches of a 'oneOf' with a discriminator", schema)
    }
    if schema.redact != nil, !redacted.contains(schema.id) {
      refuse("x-ct-redact", "it is for what is within a body that is a 'oneOf' with a discriminator", schema)
    }
    for (_, property) in schema.properties where !written.contains(property) {
      refuseMarks(leadingFrom: property, isProperty: true)
    }
    let inPlace = Set([schema.ref].compactMap { $0 } + schema.allOf + schema.properties.map(\.schema))
    for child in schema.children where !inPlace.contains(child) { refuseMarks(leadingFrom: child) }
  }

  /// - Parameters:
  ///   - id: of a schema that stands where no property of a struct does.
  ///   - isProperty: whether it is for a property all the same: then it is redacted.
  private mutating func refuseMarks(leadingFrom id: SchemaID, isProperty: Bool = false) {
    var pending = [id]
    var seen: Set<SchemaID> = []
    while let id = pending.popLast() {
      guard seen.insert(id).inserted else { continue }
      let schema = index[id]
      for (keyword, isThere) in schema.marks where isThere && !(isProperty && keyword == "x-ct-redact") {
        refuse(keyword, "it is for properties of objects that become a type of their own", schema)
      }
      pending += [schema.ref].compactMap { $0 } + schema.allOf
    }
  }

  /// What is left out for some who ask cannot be relied on by those who read it.
  private mutating func refuseRequired(in model: ObjectModel) {
    for property in model.properties where property.isRequired {
      guard let schema = property.conjunction.all.first(where: { $0.roles != nil }) else { continue }
      diagnostics.error(
        "unsupported-mark", at: schema.keywordLocations["x-ct-roles"] ?? schema.location,
        "'\(property.jsonName)' is left out for other roles, and cannot be 'required'")
    }
  }

  private mutating func refuse(_ keyword: String, _ purpose: String, _ schema: Schema) {
    diagnostics.error(
      "unsupported-mark", at: schema.keywordLocations[keyword] ?? schema.location,
      "'\(keyword)' cannot be enforced here: \(purpose)")
  }
}

extension Schema {
  /// Those for properties.
  fileprivate var marks: [(keyword: String, isThere: Bool)] {
    [("x-ct-roles", roles != nil), ("x-ct-redact", redact != nil), ("writeOnly", writeOnly)]
  }

  fileprivate var isMarked: Bool { health != nil || marks.contains(where: \.isThere) }
}

extension Models {
  /// The structs, those of unions too.
  fileprivate var allObjects: [ObjectModel] { objects + unions.flatMap { [$0.base] + $0.branches.map(\.object) } }
}

extension OpenAPIDocument {
  /// What bodies, parameters and headers have to satisfy.
  fileprivate var schemas: [SchemaID] {
    var schemas: [SchemaID] = []
    for operation in operations {
      schemas += operation.parameters.map(\.schema)
      schemas += operation.responses.flatMap(\.headers).map(\.schema)
      let content = operation.responses.flatMap(\.content) + (operation.requestBody?.content ?? [])
      schemas += content.compactMap(\.schema)
    }
    return schemas
  }
}

extension SpecIndex {
  /// These schemas, and all that they lead to.
  fileprivate func reached(from ids: [SchemaID]) -> Set<SchemaID> {
    var reached: Set<SchemaID> = []
    var pending = ids
    while let id = pending.popLast() {
      guard reached.insert(id).inserted else { continue }
      pending += self[id].children + (self[id].discriminator?.mapping.map(\.schema) ?? [])
    }
    return reached
  }
}
