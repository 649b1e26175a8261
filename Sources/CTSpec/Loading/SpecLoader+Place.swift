extension SpecLoader {
  /// Reads one schema, which may lie anywhere in a file, an OpenAPI document among them, and all that it references.
  ///
  /// The place is written as in a `$ref`: `event.schema.json`, `api.yaml#/components/schemas/Event`, `a.json#anchor`.
  /// Throws all faults at once.
  package static func loadSchema(
    _ place: String, read reader: FileReader = .disk
  ) throws(SpecError) -> (index: SpecIndex, schema: SchemaID) {
    let (file, fragment) = URIReference.split(place)
    let context = LoadContext(reader: reader)
    let start = SourceLocation(file: file)
    guard context.document(file, at: start) != nil,
      let id = context.resolve("#" + (fragment ?? ""), from: SchemaID(file: file, pointer: ""), at: start),
      let node = context.node(at: id)
    else { throw SpecError(context.diagnostics.sorted) }
    context.enqueue(id, node)
    context.readSchemas()
    try context.finish()
    return (context.index, id)
  }
}
