internal import CTSpec

/// Refuses the tower's own marks, and `writeOnly`, where no generated code would heed them. On the properties of structs all
/// of them are heeded.
struct UnsupportedMarks {
  private let index: SpecIndex
  private let reached: Set<SchemaID>
  /// What is within answers.
  private let answered: Set<SchemaID>
  /// The schemas of properties of structs.
  private var written: Set<SchemaID> = []
  /// What is within bodies of requests: those are looked at where their types are made.
  private let sent: Set<SchemaID>
  /// The branches of unions.
  private var branches: Set<SchemaID> = []
  private var diagnostics = Diagnostics()

  static func check(_ builder: OperationBuilder, _ diagnostics: inout Diagnostics) {
    let (document, models) = (builder.document, builder.models.models)
    guard document.index.order.contains(where: { document.index[$0].isMarked }) else { return }
    var check = Self(document, models)
    for model in models.allObjects { check.refuseRequired(in: model) }
    for id in document.index.order where check.reached.contains(id) { check.visit(document.index[id]) }
    for id in document.schemas { check.refuseMarks(leadingFrom: id) }
    for id in check.keptAsJSON(builder) { check.refuseMarks(within: id) }
    for diagnostic in check.diagnostics.sorted { diagnostics.append(diagnostic) }
  }

  private init(_ document: OpenAPIDocument, _ models: Models) {
    index = document.index
    reached = index.reached(from: document.schemas)
    answered = index.reached(from: document.answers)
    for conjunction in models.allObjects.flatMap(\.properties).map(\.conjunction) {
      written.formUnion((conjunction.all + conjunction.references).map(\.id))
    }
    sent = index.reached(from: document.requests)
    for id in index.order {
      for (_, branch) in index[id].discriminator?.mapping ?? [] { branches.insert(index.resolved(branch).id) }
    }
  }

  private mutating func visit(_ schema: Schema) {
    if schema.health != nil, !branches.contains(schema.id) {
      refuse("x-ct-health", "it is for the branches of a 'oneOf' with a discriminator", schema)
    }
    if schema.redact != nil, !sent.contains(schema.id) {
      refuse("x-ct-redact", "it is for what is within a body that is a 'oneOf' with a discriminator", schema)
    }
    if schema.roles != nil, !answered.contains(schema.id) {
      refuse("x-ct-roles", "it is for properties of answers", schema)
    }
    for (_, property) in schema.properties where !written.contains(property) {
      refuseMarks(leadingFrom: property, isProperty: true)
    }
    let others = Set(schema.inPlace + schema.properties.map(\.schema))
    for child in schema.children where !others.contains(child) { refuseMarks(leadingFrom: child) }
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
      for (keyword, isThere) in schema.marks where isThere {
        // What is not redacted is about answers.
        if keyword == "x-ct-redact" ? isProperty : !answered.contains(schema.id) { continue }
        refuse(keyword, "it is for properties of objects that become a type of their own", schema)
      }
      pending += schema.inPlace
    }
  }

  /// What is written as it is: it has a schema, and no type that would leave anything out.
  private func keptAsJSON(_ builder: OperationBuilder) -> Set<SchemaID> {
    var roots: [SchemaID] = []
    for property in builder.models.models.allObjects.flatMap(\.properties) where property.type.isKeptAsJSON {
      // What is marked itself is heeded.
      let parts = property.conjunction.all.flatMap { schema in
        schema.children.filter { !schema.inPlace.contains($0) }
      }
      roots += parts.filter(answered.contains)
    }
    for representation in builder.operations.flatMap(\.responses).flatMap(\.representations) {
      if case .json(let type, let conjunction) = representation.content, type.isKeptAsJSON {
        roots += conjunction.roots
      }
    }
    return index.reached(from: roots)
  }

  /// - Parameter id: of a schema of which values are written as they are.
  private mutating func refuseMarks(within id: SchemaID) {
    let schema = index[id]
    for (keyword, isThere) in schema.marks where isThere && keyword != "x-ct-redact" {
      refuse(keyword, "a value of it is also written as it is, where its schema is no object of its own", schema)
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

  /// What holds for the same value.
  fileprivate var inPlace: [SchemaID] { (ref.map { [$0] } ?? []) + allOf }

  fileprivate var isMarked: Bool { health != nil || marks.contains(where: \.isThere) }
}

extension Models {
  /// The structs, those of unions too.
  fileprivate var allObjects: [ObjectModel] { objects + unions.flatMap { [$0.base] + $0.branches.map(\.object) } }
}

extension OpenAPIDocument {
  /// What bodies, parameters and headers have to satisfy.
  fileprivate var schemas: [SchemaID] {
    answers + requests + operations.flatMap(\.parameters).map(\.schema)
  }

  fileprivate var requests: [SchemaID] {
    operations.compactMap(\.requestBody).flatMap(\.content).compactMap(\.schema)
  }

  /// What the bodies and headers of answers have to satisfy.
  fileprivate var answers: [SchemaID] {
    let responses = operations.flatMap(\.responses)
    return responses.flatMap(\.headers).map(\.schema) + responses.flatMap(\.content).compactMap(\.schema)
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
