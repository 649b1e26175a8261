internal import CTSpec

/// What following schemas to their parts tells: which lead back to themselves, and how much code each would be in place.
struct SchemaGraph {
  /// More than this is not written in place again and again: schemas that each lead to two others double at every step.
  static let maximumWeight = 300
  /// Loops within loops, likewise.
  static let maximumDepth = 24

  /// The schemas that are part of a cycle.
  let recursive: Set<SchemaID>
  /// Those that a `$ref` leads to and that have a function of their own.
  private var functions: Set<SchemaID>
  private var weights: [SchemaID: Int] = [:]

  /// - Parameter isNamed: whether a schema is a type with a check of its own.
  init(index: SpecIndex, isNamed: (SchemaID) -> Bool) {
    let components = StrongComponents(index.order) { index[$0].children }
    let targets = Set(index.order.compactMap { index[$0].ref.map { index.resolved($0).id } }.filter { !isNamed($0) })
    recursive = components.recursive
    functions = targets.intersection(recursive)
    var depths: [SchemaID: Int] = [:]
    for id in components.order {
      let children = index[id].children
      let parts = children.filter { !functions.contains($0) && !isNamed($0) }
      let weight = min(parts.reduce(1 + children.count - parts.count) { $0 + self.weight($1) }, 1 << 20)
      let depth = 1 + (parts.map { depths[$0] ?? 1 }.max() ?? 0)
      (weights[id], depths[id]) = (weight, depth)
      if weight > Self.maximumWeight || depth > Self.maximumDepth, targets.contains(id) { functions.insert(id) }
    }
  }

  func isFunction(_ id: SchemaID) -> Bool { functions.contains(id) }

  /// How much code a schema is in place, parts with functions of their own counted as calls.
  func weight(_ id: SchemaID) -> Int { weights[id] ?? 1 }
}
