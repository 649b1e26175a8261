/// How schemas lead to others that look at the same instance: `$ref`, `allOf`, `anyOf`, `oneOf`, `not`, `if`, `then`, `else` and
/// `dependentSchemas`.
///
/// A circle of these says nothing and would never end (2020-12 core, section 9.4.1); a recursive schema has a property or
/// an item between. Chains that are very long, or that meet again and again, are refused for the same reason.
struct InPlaceGraph {
  static let maximumChain = 200
  static let maximumExpansion = 100_000

  private struct Visit {
    let schema: Schema
    let children: [SchemaID]
    var next = 0
    var length = 1
    var size = 1
  }

  private let schemas: [SchemaID: Schema]
  private var finished: [SchemaID: (length: Int, size: Int)] = [:]
  private var open: Set<SchemaID> = []

  private init(_ schemas: [SchemaID: Schema]) { self.schemas = schemas }

  static func check(_ schemas: [SchemaID: Schema], order: [SchemaID], _ diagnostics: inout Diagnostics) {
    var graph = InPlaceGraph(schemas)
    for id in order where graph.extent(id) == nil { graph.visit(id, &diagnostics) }
  }

  /// Depth first, without recursion: chains can be as long as the file.
  private mutating func visit(_ root: SchemaID, _ diagnostics: inout Diagnostics) {
    var stack = [begin(root)].compactMap { $0 }
    while var top = stack.popLast() {
      guard top.next < top.children.count else {
        finish(top, &diagnostics)
        continue
      }
      let child = top.children[top.next]
      if let done = extent(child) {
        top.length = max(top.length, done.length + 1)
        top.size = min(top.size + done.size, Self.maximumExpansion + 1)
        top.next += 1
        stack.append(top)
      } else if open.contains(child) {
        reportCycle(top.schema, to: child, &diagnostics)
        top.next += 1
        stack.append(top)
      } else if let visit = begin(child) {
        stack += [top, visit]
      } else {
        top.next += 1
        stack.append(top)
      }
    }
  }

  /// What is known of a schema; of those that lead nowhere, which are most, at once.
  private func extent(_ id: SchemaID) -> (length: Int, size: Int)? {
    if let schema = schemas[id], schema.leadsNowhere { return (1, 1) }
    return finished[id]
  }

  private mutating func begin(_ id: SchemaID) -> Visit? {
    guard let schema = schemas[id] else { return nil }
    open.insert(id)
    return Visit(schema: schema, children: schema.inPlace)
  }

  private mutating func finish(_ visit: Visit, _ diagnostics: inout Diagnostics) {
    open.remove(visit.schema.id)
    finished[visit.schema.id] = (visit.length, visit.size)
    // Reported where the bound is first passed, not at everything above it.
    if visit.length == Self.maximumChain + 1 {
      diagnostics.error(
        "schema-too-deep", at: visit.schema.location,
        "more than \(Self.maximumChain) schemas look at the same value, one through another")
    }
    if visit.size > Self.maximumExpansion,
      visit.children.allSatisfy({ extent($0)?.size ?? 0 <= Self.maximumExpansion })
    {
      diagnostics.error(
        "schema-too-wide", at: visit.schema.location,
        "more than \(Self.maximumExpansion) schemas look at the same value")
    }
  }

  private func reportCycle(_ schema: Schema, to child: SchemaID, _ diagnostics: inout Diagnostics) {
    let isReference = schema.ref == child
    let location = isReference ? schema.node["$ref"]?.location ?? schema.location : schema.location
    diagnostics.error(
      "reference-cycle", at: location,
      "this leads back to \(child) without a property or an item between, and would never end")
  }
}

extension Schema {
  /// Whether no other schema looks at the same instance by way of this one.
  var leadsNowhere: Bool {
    ref == nil && not == nil && `if` == nil && then == nil && `else` == nil && allOf.isEmpty && anyOf.isEmpty
      && oneOf.isEmpty && dependentSchemas.isEmpty
  }

  /// The schemas that look at the same instance as this one.
  package var inPlace: [SchemaID] {
    [ref, not, `if`, then, `else`].compactMap { $0 } + allOf + anyOf + oneOf + dependentSchemas.map(\.schema)
  }
}
