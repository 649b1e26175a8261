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
    let server = ServerEmitter(
      apiName: title + "API", document: document, operations: builder.operations, emitter: emitter)
    let client = ClientEmitter(name: title + "Client", document: document, operations: builder.operations)
    let responses = builder.sharedResponses.flatMap { ResponseEmitter(model: $0, emitter: emitter).declaration() }
    let operations = builder.operations.map { model in
      (
        name: model.namespace,
        codes: OperationEmitter(model: model, emitter: emitter).declaration() + server.descriptor(of: model)
          + client.method(of: model)
      )
    }
    let schemas = schemas()
    let checks = checks()
    return Shards.schemas.files(schemas) + Shards.operations.files(operations) + [
      SwiftFile.make("Checks.swift", checks),
      try SwiftFile.constants(emitter.pool, at: document.file),
      SwiftFile.make("Responses.swift", responses),
      SwiftFile.make("Server.swift", server.declarations()),
      SwiftFile.make("Client.swift", client.declarations()),
      SwiftFile.make("Document.swift", DocumentEmitter(document: document).declarations()),
    ]
  }

  /// What refers back to itself and is no type of its own.
  private func checks() -> [Code] {
    [.block("enum SchemaChecks", functions.order.map { functions.declaration(of: $0, emitter) })]
  }

  private func schemas() -> [(name: String, codes: [Code])] {
    let models = builder.models.models
    // Twice: what is written first may find out that a later type needs its check, and the other way round.
    var units: [(name: String, codes: [Code])] = []
    var known = -1
    while known != emitter.validated.count {
      known = emitter.validated.count
      units = models.enums.map { ($0.name, EnumEmitter(model: $0, emitter: emitter).declaration()) }
      units += models.objects.map { ($0.name, ObjectEmitter(model: $0, emitter: emitter).declaration()) }
      for union in models.unions {
        units.append((union.name, UnionEmitter(model: union, emitter: emitter).declaration()))
        if union.isRedacted {
          units.append((union.name + ".Redacted", RedactedEmitter(model: union, emitter: emitter).declaration()))
        }
        units += union.branches.map {
          ($0.object.name, ObjectEmitter(model: $0.object, emitter: emitter).declaration())
        }
      }
    }
    return units
  }
}
