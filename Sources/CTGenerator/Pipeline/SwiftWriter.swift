internal import CTJSON
internal import CTSpec

/// Writes the files. Readers are written before the tables, since they say which tables are needed.
struct SwiftWriter {
  let document: OpenAPIDocument
  let builder: OperationBuilder
  private let emitter: ValueEmitter

  init(document: OpenAPIDocument, builder: OperationBuilder) {
    self.document = document
    self.builder = builder
    emitter = ValueEmitter(index: document.index, models: builder.models.models)
  }

  func files() -> [SwiftGenerator.File] {
    let names = APINames(title: document.info.title)
    let server = ServerEmitter(
      apiName: names.api, document: document, operations: builder.operations, emitter: emitter)
    let client = ClientEmitter(name: names.client, document: document, operations: builder.operations)
    let responses = builder.sharedResponses.flatMap { ResponseEmitter(model: $0, emitter: emitter).declaration() }
    let operations = builder.operations.map { model in
      (
        name: model.namespace,
        codes: OperationEmitter(model: model, emitter: emitter).declaration() + server.descriptor(of: model)
          + client.method(of: model)
      )
    }
    let (schemas, checks) = schemasAndChecks()
    return Shards.schemas.files(schemas) + Shards.operations.files(operations) + [
      SwiftFile.make("Checks.swift", checks),
      SwiftFile.make("Constants.swift", ConstantsEmitter(emitter).declarations()),
      SwiftFile.make("Responses.swift", responses),
      SwiftFile.make("Server.swift", server.declarations()),
      SwiftFile.make("Client.swift", client.declarations()),
      SwiftFile.make("Document.swift", DocumentEmitter(document: document).declarations()),
    ]
  }

  /// Types, and the checks of what is no type of its own.
  private func schemasAndChecks() -> (schemas: [(name: String, codes: [Code])], checks: [Code]) {
    let models = builder.models.models
    // Twice: what is written first may find out that a later one is needed, and the other way round.
    var units: [(name: String, codes: [Code])] = []
    var checks: [(name: String, codes: [Code])] = []
    var known = (-1, -1)
    while known != (emitter.validated.count, emitter.functions.order.count) {
      known = (emitter.validated.count, emitter.functions.order.count)
      checks = CheckFunctions.declarations(emitter)
      units = models.enums.map { ($0.name, EnumEmitter(model: $0, emitter: emitter).declaration()) }
      units += models.objects.map { ($0.name, ObjectEmitter(model: $0, emitter: emitter).declaration()) }
      for union in models.unions {
        units.append((union.name, UnionEmitter(model: union, emitter: emitter).declaration()))
        if union.isRedacted {
          units.append((union.name + ".Redacted", RedactedEmitter(model: union, emitter: emitter).declaration()))
        }
        units += union.declaredBranches.map { ($0.name, ObjectEmitter(model: $0, emitter: emitter).declaration()) }
      }
    }
    return (units, [.block("enum SchemaChecks", checks.flatMap(\.codes))])
  }
}
