internal import CTJSON
internal import CTSpec

/// Writes the files. Readers are written before the tables, since they say which tables are needed.
struct SwiftWriter: Sendable {
  let document: OpenAPIDocument
  let builder: OperationBuilder
  private let basis: ValueEmitter.Basis

  init(document: OpenAPIDocument, builder: OperationBuilder) {
    self.document = document
    self.builder = builder
    basis = ValueEmitter.Basis(index: document.index, models: builder.models.models)
  }

  func files(_ retire: (any Sendable) -> Void) -> [SwiftGenerator.File] {
    let (responses, operations) = (responses(), operations())
    let first = responses.count + operations.count
    let written = UnitWriter.write(responses + operations + schemas(), first: first, basis)
    let units = written.units
    let client = ClientEmitter(
      name: APINames(title: document.info.title).client, document: document, operations: builder.operations)
    let others = [
      ("Checks.swift", [.block("enum SchemaChecks", written.checks)]),
      ("Constants.swift", ConstantsEmitter(written.pool, index: document.index).declarations()),
      ("Responses.swift", units[..<responses.count].flatMap(\.codes)),
      ("Server.swift", server(ValueEmitter(basis)).declarations()), ("Client.swift", client.declarations()),
    ]
    let contents =
      Shards.schemas.contents(units[first...]) + Shards.operations.contents(units[responses.count..<first]) + others
    retire(contents.map(\.1))
    return contents.mapInParallel { SwiftFile.make($0, $1) }
  }

  private func server(_ emitter: ValueEmitter) -> ServerEmitter {
    ServerEmitter(
      apiName: APINames(title: document.info.title).api, document: document, operations: builder.operations,
      emitter: emitter)
  }

  private func responses() -> [Unit] {
    builder.sharedResponses.map { model in
      Unit(name: model.typeName) { ResponseEmitter(model: model, emitter: $0).declaration() }
    }
  }

  private func operations() -> [Unit] {
    let client = ClientEmitter(
      name: APINames(title: document.info.title).client, document: document, operations: builder.operations)
    return builder.operations.map { model in
      Unit(name: model.namespace) { emitter in
        OperationEmitter(model: model, emitter: emitter).declaration() + server(emitter).descriptor(of: model)
          + client.method(of: model)
      }
    }
  }

  private func schemas() -> [Unit] {
    let models = builder.models.models
    var units = models.enums.map { model in
      Unit(name: model.name) { EnumEmitter(model: model, emitter: $0).declaration() }
    }
    units += models.objects.map(Unit.init)
    for union in models.unions {
      units.append(Unit(name: union.name) { UnionEmitter(model: union, emitter: $0).declaration() })
      if union.isRedacted {
        units.append(
          Unit(name: union.name + ".Redacted") { RedactedEmitter(model: union, emitter: $0).declaration() })
      }
      units += union.declaredBranches.map(Unit.init)
    }
    return units
  }
}
