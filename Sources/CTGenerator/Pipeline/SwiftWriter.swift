internal import CTJSON
internal import CTSpec

/// Writes the files. Readers are written before the tables, since they say which tables are needed.
struct SwiftWriter {
  let document: OpenAPIDocument
  let builder: OperationBuilder
  private let emitter: ValueEmitter
  private let functions: CheckFunctions

  init(document: OpenAPIDocument, builder: OperationBuilder) {
    self.document = document
    self.builder = builder
    let models = builder.models.models
    var functions = CheckFunctions()
    for id in RecursionFinder.referenceTargets(in: document.index) where models.names[id] == nil { functions.add(id) }
    self.functions = functions
    emitter = ValueEmitter(index: document.index, models: models, functions: functions.calls)
  }

  /// `Control Tower` gives `ControlTowerAPI` and `ControlTowerClient`.
  private var title: String { SwiftName.type(document.info.title) }

  func files() throws(SpecError) -> [SwiftGenerator.File] {
    let responses = builder.sharedResponses.flatMap { ResponseEmitter(model: $0, emitter: emitter).declaration() }
    let operations = builder.operations.flatMap { OperationEmitter(model: $0, emitter: emitter).declaration() }
    let server = ServerEmitter(
      apiName: title + "API", document: document, operations: builder.operations, emitter: emitter)
    let client = ClientEmitter(name: title + "Client", document: document, operations: builder.operations)
    let serverCode = server.declarations()
    let schemas = schemas()
    let checks = checks()
    return [
      SwiftFile.make("Schemas.swift", schemas, imports: ["public import CTJSON", "public import CTRuntime"]),
      SwiftFile.make("Checks.swift", checks, imports: ["internal import CTJSON", "internal import CTRuntime"]),
      try SwiftFile.constants(emitter.pool, at: document.file),
      SwiftFile.make("Operations.swift", operations, imports: ["public import CTJSON", "public import CTRuntime"]),
      SwiftFile.make("Responses.swift", responses, imports: ["internal import CTJSON", "internal import CTRuntime"]),
      SwiftFile.make("Server.swift", serverCode, imports: ["internal import CTJSON", "public import CTRuntime"]),
      SwiftFile.make(
        "Client.swift", client.declarations(), imports: ["public import CTJSON", "public import CTRuntime"]),
      SwiftFile.make("Document.swift", DocumentEmitter(document: document).declarations(), imports: []),
    ]
  }

  /// What refers back to itself and is no type of its own.
  private func checks() -> [Code] {
    [.block("enum SchemaChecks", functions.order.map { functions.declaration(of: $0, emitter) })]
  }

  private func schemas() -> [Code] {
    let models = builder.models.models
    // Twice: what is written first may find out that a later type needs its check, and the other way round.
    var codes: [Code] = []
    var known = -1
    while known != emitter.validated.count {
      known = emitter.validated.count
      codes = models.enums.flatMap { EnumEmitter(model: $0, emitter: emitter).declaration() }
      codes += models.objects.flatMap { ObjectEmitter(model: $0, emitter: emitter).declaration() }
      codes += models.unions.flatMap { UnionEmitter(model: $0, emitter: emitter).declaration() }
    }
    return codes
  }
}
