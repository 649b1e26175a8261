package import CTSpec

/// The pipeline: load, check, give names, write.
///
/// The same files give the same bytes, on any machine.
package struct SwiftGenerator {
  /// A generated file.
  package struct File: Sendable, Equatable {
    package var name: String
    package var bytes: [UInt8]
    package var content: String { String(decoding: bytes, as: UTF8.self) }
  }

  /// The names of the files that are generated: they have to be known before anything is read.
  package static let fileNames =
    Shards.schemas.fileNames + Shards.operations.fileNames
    + ["Checks.swift", "Constants.swift", "Responses.swift", "Server.swift", "Client.swift", "Document.swift"]

  /// Generates everything for an OpenAPI document and the schemas beside it.
  ///
  /// - Parameter retire: takes what was made on the way.
  /// - Throws: every fault, located.
  package static func generate(
    openAPI file: String, schemas: [String], read reader: FileReader = .disk,
    retire: (any Sendable) -> Void = { _ in }
  ) throws(SpecError) -> [File] {
    let document = try SpecLoader.loadOpenAPI(file: file, schemas: schemas, read: reader)
    // The text of the document needs nothing of what follows.
    let text = Background { SwiftFile.make("Document.swift", DocumentEmitter(document: document).declarations()) }
    var diagnostics = Diagnostics()
    let keywords = UnsupportedKeywords(index: document.index)
    keywords.check(&diagnostics)
    keywords.checkDirections(&diagnostics)
    guard CombinationLimit.check(document.index, &diagnostics) else { throw SpecError(diagnostics.sorted) }
    UnsupportedSecurity.check(document, &diagnostics)
    var models = ModelBuilder(index: document.index)
    let apiNames = APINames(title: document.info.title)
    models.reserve([apiNames.api, apiNames.client])
    models.build(named: names(of: document, schemas))
    var builder = OperationBuilder(document: document, models: models)
    builder.build()
    builder.models.finish()
    UnsupportedMarks.check(builder, &diagnostics)
    for diagnostic in builder.diagnostics.sorted + builder.models.diagnostics.sorted { diagnostics.append(diagnostic) }
    if diagnostics.hasErrors { throw SpecError(diagnostics.sorted) }
    let writer = SwiftWriter(document: document, builder: builder)
    retire(writer)
    return writer.files(retire) + [text.value]
  }

  /// Components by their names, files by their titles or names, then what `$defs` name.
  private static func names(of document: OpenAPIDocument, _ files: [String]) -> [(String, SchemaID)] {
    var names = document.componentSchemas.map { ($0.name, $0.schema) }
    for id in document.index.order where id.pointer.isEmpty && id.file != document.file {
      names.append((document.index[id].title ?? fileName(id.file), id))
    }
    for id in document.index.order {
      names += document.index[id].defs.map { ($0.name, $0.schema) }
    }
    return names
  }

  /// `schemas/event.schema.json` is `event`.
  private static func fileName(_ path: String) -> String {
    let last = path.split(separator: "/").last ?? ""
    return String(last.prefix { $0 != "." })
  }
}
