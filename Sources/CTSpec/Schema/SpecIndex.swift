/// Everything loaded: documents by file, schemas by address, across files.
package struct SpecIndex: Sendable {
  package let schemas: [SchemaID: Schema]
  /// The roots of all files by path.
  package let roots: [ExactString: SpecNode]
  /// The addresses of all schemas, in the order they were met: the same each time for the same files.
  package let order: [SchemaID]

  /// Every regular expression of the schemas, compiled.
  package let patterns: [ExactString: PatternDFA]

  package init(
    schemas: [SchemaID: Schema], roots: [ExactString: SpecNode], order: [SchemaID], patterns: [ExactString: PatternDFA]
  ) {
    self.schemas = schemas
    self.roots = roots
    self.order = order
    self.patterns = patterns
  }

  /// The roots of all files by path, of paths that `String` takes for the same one.
  package var documents: [String: SpecNode] {
    Dictionary(roots.sorted { $0.key < $1.key }.map { ($0.key.string, $0.value) }) { first, _ in first }
  }

  /// The schema at an address that the loader gave out.
  ///
  /// Any other address is a programmer's error and traps.
  package subscript(id: SchemaID) -> Schema {
    guard let schema = schemas[id] else { preconditionFailure("no schema at \(id)") }
    return schema
  }

  /// The schema at an address, following `$ref` as long as nothing but annotations stands beside it.
  ///
  /// Ends always: the loader refuses cycles of `$ref`.
  package func resolved(_ id: SchemaID) -> Schema {
    var schema = self[id]
    while let ref = schema.ref, schema.isPureReference { schema = self[ref] }
    return schema
  }

  /// What is wrong where not exactly one of a `oneOf`'s branches holds: with names where they ask for a member each.
  package func mismatch(ofOneOf branches: [SchemaID]) -> String {
    let names = branches.compactMap { self[$0].onlyRequiredMember }.map { "'\($0)'" }
    guard names.count == branches.count else { return "has to be exactly one of what is allowed here, and is" }
    return "has to have exactly one of \(names.joined(separator: " and ")), and has"
  }
}

extension Schema {
  /// The member that has to be there, of a schema that says nothing else.
  fileprivate var onlyRequiredMember: String? {
    keywordLocations.count == 1 && required.count == 1 ? required[0] : nil
  }
}
