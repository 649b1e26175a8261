package import CTSpec

/// What rules look at: the description, and what can be asked of it as a whole.
struct LintSubject: Sendable {
  let document: OpenAPIDocument
  let index: SpecIndex
  let references: ReferenceCollector

  init(_ document: OpenAPIDocument) {
    self.document = document
    index = document.index
    references = ReferenceCollector(document)
  }

  var operations: [Operation] { document.operations }

  /// All schemas but boolean ones, in the order they were met.
  var schemas: [Schema] { index.order.map { index[$0] }.filter { $0.boolean == nil } }

  /// Every parameter once, however many operations share it.
  var parameters: [Parameter] { unique(operations.flatMap(\.parameters), by: \.location) }

  /// Every response of every operation.
  var responses: [(operation: Operation, response: Response)] {
    operations.flatMap { operation in operation.responses.map { (operation, $0) } }
  }

  /// Every header once.
  var headers: [Header] { unique(responses.flatMap { $0.response.headers }, by: \.location) }

  /// Schemas with names: components, whole files, and what `$defs` hold.
  var namedSchemas: [(name: String, schema: Schema)] {
    let components = document.componentSchemas.map { ($0.name, index[$0.schema]) }
    let files = schemas.filter { $0.id.pointer.isEmpty }.map { ($0.title ?? $0.id.file, $0) }
    let definitions = schemas.flatMap { $0.defs.map { ($0.name, index[$0.schema]) } }
    return (components + files + definitions).filter { $0.1.boolean == nil }
  }

  /// The members of an object of the document, each with its pointer.
  func members(at pointer: String) -> [(member: SpecNode.Member, id: SchemaID)] {
    let id = SchemaID(file: document.file, pointer: pointer)
    return (document.root.at(pointer: pointer)?.members ?? []).map { ($0, id.appending($0.key)) }
  }

  /// Whether a schema, or one that it refers to, has a description.
  func isDescribed(_ id: SchemaID) -> Bool {
    Conjunction([id], in: index).members.contains { $0.description != nil || $0.boolean != nil }
  }

  private func unique<Element>(_ all: [Element], by key: KeyPath<Element, SourceLocation>) -> [Element] {
    var seen: Set<SourceLocation> = []
    return all.filter { seen.insert($0[keyPath: key]).inserted }
  }
}

extension Operation {
  /// The schemas that answers are judged by.
  var responseRoots: [SchemaID] {
    responses.flatMap { $0.content.compactMap(\.schema) + $0.headers.map(\.schema) }
  }

  /// How people call it: `POST /events`.
  package var title: String { "\(method) \(path.raw)" }

  /// Whether a status is among the responses: by itself, as a range or as the default.
  func documents(_ status: Int) -> Bool {
    responses.contains {
      switch $0.status {
      case .code(let code): code == status
      case .range(let hundred): hundred == status / 100
      case .default: true
      }
    }
  }

  /// Which of some statuses are not among the responses.
  func undocumented(_ statuses: [Int]) -> [Int] { statuses.filter { !documents($0) } }
}

extension Response.Status: CustomStringConvertible {
  package var description: String {
    switch self {
    case .code(let code): "\(code)"
    case .range(let hundred): "\(hundred)XX"
    case .default: "default"
    }
  }

  /// Whether it tells of a fault, of the client's or of the server's.
  package var isError: Bool {
    switch self {
    case .code(let code): code >= 400
    case .range(let hundred): hundred >= 4
    case .default: true
    }
  }
}

enum SchemaReach {
  /// All schemas that some lead to, themselves included.
  static func from(_ roots: [SchemaID], in index: SpecIndex) -> Set<SchemaID> {
    var seen = Set(roots)
    var queue = Array(seen)
    while let id = queue.popLast() {
      let schema = index[id]
      for next in schema.inPlaceSubschemas + schema.innerSubschemas where seen.insert(next).inserted {
        queue.append(next)
      }
    }
    return seen
  }
}
