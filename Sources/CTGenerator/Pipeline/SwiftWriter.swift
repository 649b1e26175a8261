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
    let others = [
      ("Responses.swift", responses), ("Server.swift", server.declarations()), ("Client.swift", client.declarations()),
    ]
    // These are laid out while the schemas are written.
    let about = Background { (Shards.operations.files(operations), others.map { SwiftFile.make($0, $1) }) }
    let (schemas, checks) = schemasAndChecks()
    let tables = ConstantsEmitter(emitter).declarations()
    let schemaFiles = Shards.schemas.files(schemas)
    let shared = [("Checks.swift", checks), ("Constants.swift", tables)].mapInParallel { SwiftFile.make($0, $1) }
    return schemaFiles + about.value.0 + shared + about.value.1
  }

  /// Types, and the checks of what is no type of its own.
  private func schemasAndChecks() -> (schemas: [(name: String, codes: [Code])], checks: [Code]) {
    var units = units()
    var checks: [(name: String, codes: [Code])] = []
    var known = (-1, -1)
    // What is written first may find out that a later one is needed, and the other way round.
    while known != (emitter.validated.count, emitter.functions.order.count) {
      known = (emitter.validated.count, emitter.functions.order.count)
      CheckFunctions.complete(&checks, emitter)
      for place in units.indices where units[place].isOutdated(emitter) { units[place].write(emitter) }
    }
    return (units.map { ($0.name, $0.codes ?? []) }, [.block("enum SchemaChecks", checks.flatMap(\.codes))])
  }

  private func units() -> [Unit] {
    let models = builder.models.models
    func unit(_ model: ObjectModel) -> Unit {
      Unit(name: model.name) { ObjectEmitter(model: model, emitter: $0).declaration() }
    }
    var units = models.enums.map { model in
      Unit(name: model.name) { EnumEmitter(model: model, emitter: $0).declaration() }
    }
    units += models.objects.map(unit)
    for union in models.unions {
      units.append(Unit(name: union.name) { UnionEmitter(model: union, emitter: $0).declaration() })
      if union.isRedacted {
        units.append(
          Unit(name: union.name + ".Redacted") { RedactedEmitter(model: union, emitter: $0).declaration() })
      }
      units += union.declaredBranches.map(unit)
    }
    return units
  }

  /// A declaration, and whether it was written with the check that other code may ask of it.
  private struct Unit {
    let name: String
    let declaration: (ValueEmitter) -> [Code]
    private(set) var codes: [Code]?
    private var isValidated = false

    init(name: String, _ declaration: @escaping (ValueEmitter) -> [Code]) {
      self.name = name
      self.declaration = declaration
    }

    func isOutdated(_ emitter: ValueEmitter) -> Bool {
      codes == nil || isValidated != emitter.validated.contains(name)
    }

    mutating func write(_ emitter: ValueEmitter) {
      codes = declaration(emitter)
      isValidated = emitter.validated.contains(name)
    }
  }
}
