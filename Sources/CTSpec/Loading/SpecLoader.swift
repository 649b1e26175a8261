/// Reads specs from files: the entry points of this module.
package enum SpecLoader {
  /// Reads an OpenAPI 3.1 description, all files that it references, and schemas that belong to it without being
  /// referenced.
  ///
  /// Throws all faults of all files at once.
  package static func loadOpenAPI(
    file: String, schemas: [String] = [], read reader: FileReader = .disk
  ) throws(SpecError) -> OpenAPIDocument {
    let context = LoadContext(reader: reader)
    guard let root = context.document(file, at: SourceLocation(file: file)) else {
      throw SpecError(context.diagnostics.sorted)
    }
    let document = OpenAPIReader(root, SchemaID(file: file, pointer: ""), context).document()
    context.enqueue(files: schemas)
    context.readSchemas()
    try context.finish()
    return document(context.index)
  }

  /// Reads JSON Schemas, one to a file, and all files that they reference.
  ///
  /// Throws all faults of all files at once.
  package static func loadSchemas(
    files: [String], read reader: FileReader = .disk
  ) throws(SpecError) -> SpecIndex {
    let context = LoadContext(reader: reader)
    context.enqueue(files: files)
    context.readSchemas()
    try context.finish()
    return context.index
  }
}

extension LoadContext {
  /// Reads files that are schemas as a whole.
  func enqueue(files: [String]) {
    for file in files { _ = document(file, at: SourceLocation(file: file)) }
    for file in files {
      guard let root = documents[ExactString(file)] else { continue }
      enqueue(SchemaID(file: file, pointer: ""), root)
    }
  }

  /// Checks what can be seen only when everything is read, and throws if there was any fault.
  func finish() throws(SpecError) {
    InPlaceGraph.check(schemas, order: order, &diagnostics)
    DiscriminatorCheck.check(schemas, order: order, &diagnostics)
    if diagnostics.hasErrors { throw SpecError(diagnostics.sorted) }
  }
}
