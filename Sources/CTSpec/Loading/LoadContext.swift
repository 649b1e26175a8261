import CTJSON

/// What one run of the loader knows: files, resources, faults, and the schemas that are still to be read.
///
/// Schemas are read from a queue and not by recursion, so that no nesting of theirs can exhaust the stack.
package final class LoadContext {
  package var diagnostics = Diagnostics()
  let reader: FileReader
  private(set) var documents: [ExactString: SpecNode] = [:]
  private var unreadable: Set<ExactString> = []
  private(set) var resources = ResourceTable()
  private var keyIndexes: [SchemaID: [ExactString: Int]] = [:]
  /// What references have led to: many lead to the same.
  private var targets: [SchemaID: SpecNode] = [:]

  /// What references name, as long as no other file is read.
  var resolved: [Reference: SchemaID] = [:]

  /// Names that were compared to make suggestions.
  var comparisons = 0
  static let maximumComparisons = 100_000

  private(set) var schemas: [SchemaID: Schema] = [:]
  private(set) var order: [SchemaID] = []
  private var queue: [(id: SchemaID, node: SpecNode)] = []
  private var queued: Set<SchemaID> = []

  private(set) var patterns: [ExactString: PatternDFA] = [:]

  package init(reader: FileReader) { self.reader = reader }

  package func error(_ id: String, at location: SourceLocation, _ message: String, suggestion: String? = nil) {
    diagnostics.error(id, at: location, message, suggestion: suggestion)
  }

  // MARK: Files

  /// The root of a file, read at most once; `nil` if it cannot be used, which is reported at `location` if it cannot be
  /// read, or else within the file.
  package func document(_ file: String, at location: SourceLocation) -> SpecNode? {
    let name = ExactString(file)
    if let root = documents[name] { return root }
    if unreadable.contains(name) { return nil }
    guard let root = load(file, at: location) else {
      unreadable.insert(name)
      return nil
    }
    documents[name] = root
    resources.register(file: file, root: root, diagnostics: &diagnostics)
    resolved = [:]
    return root
  }

  private func load(_ file: String, at location: SourceLocation) -> SpecNode? {
    do throws(FileReader.Failure) {
      return SpecParser.parse(try reader.read(file), file: file, diagnostics: &diagnostics)
    } catch {
      self.error("unreadable-file", at: location, "cannot read '\(file)': \(error.reason)")
      return nil
    }
  }

  /// The node at an address within a file that has been read.
  func node(at id: SchemaID) -> SpecNode? {
    if let known = targets[id] { return known }
    guard let root = documents[ExactString(id.file)], let tokens = JSONPointer.tokens(id.pointer) else { return nil }
    var node = root
    var address = SchemaID(file: id.file, pointer: "")
    for token in tokens {
      guard let next = child(token, of: node, at: address) else { return nil }
      node = next
      address = address.appending(token)
    }
    targets[id] = node
    return node
  }

  /// Large objects get an index of their keys, so that looking up each of their members is not quadratic.
  private func child(_ token: String, of node: SpecNode, at address: SchemaID) -> SpecNode? {
    guard let members = node.members else { return JSONPointer.index(token).flatMap { node[$0] } }
    if members.count < 32 { return node[token] }
    if keyIndexes[address] == nil {
      let pairs = members.enumerated().map { (ExactString($1.key), $0) }
      keyIndexes[address] = Dictionary(pairs) { first, _ in first }
    }
    return keyIndexes[address]?[ExactString(token)].map { members[$0].value }
  }

  // MARK: Schemas

  /// Notes a schema to be read later.
  func enqueue(_ id: SchemaID, _ node: SpecNode) {
    if queued.insert(id).inserted { queue.append((id, node)) }
  }

  /// Reads all schemas that have been noted, and those that they lead to.
  func readSchemas() {
    var next = 0
    while next < queue.count {
      let (id, node) = queue[next]
      next += 1
      schemas[id] = Schema(SchemaReader(node: node, id: id, context: self), ordinal: order.count)
      order.append(id)
    }
    queue = []
  }

  /// Compiles a regular expression once.
  func compile(pattern source: String) throws(Pattern.Fault) {
    let key = ExactString(source)
    if patterns[key] == nil { patterns[key] = try Pattern(source).compiled() }
  }

  var index: SpecIndex { SpecIndex(schemas: schemas, roots: documents, order: order, patterns: patterns) }
}
