internal import CTSpec

/// What following schemas to their parts tells: which lead back to themselves, and how much code each would be in place.
struct SchemaGraph: Sendable {
  /// More than this is not written in place again and again: schemas that each lead to two others double at every step.
  static let maximumWeight = 300
  /// Loops within loops, likewise.
  static let maximumDepth = 24

  /// All by the places of the schemas in the index.
  private var recursive: [Bool]
  /// How many of its parts lead back to it.
  private var returns: [Int]
  /// Those that a `$ref` leads to and that have a function of their own.
  private var functions: [Bool]
  private var weights: [Int]

  /// - Parameter isNamed: whether a schema is a type with a check of its own.
  init(index: SpecIndex, isNamed: (SchemaID) -> Bool) {
    let schemas = index.order.map { index[$0] }
    let children = schemas.map { $0.children.map { index[$0].ordinal } }
    let components = StrongComponents(Array(schemas.indices)) { children[$0] }
    let isNamed = index.order.map(isNamed)
    let targets = Self.targets(schemas, index, isNamed)
    let recursive = schemas.indices.map { components.recursive.contains($0) }
    self.recursive = recursive
    returns = schemas.indices.map { place in
      guard recursive[place] else { return 0 }
      return children[place].count { components.component(of: $0) == components.component(of: place) }
    }
    functions = zip(targets, recursive).map { $0 && $1 }
    weights = Array(repeating: 1, count: schemas.count)
    var depths = weights
    for place in components.order {
      let parts = children[place].filter { !functions[$0] && !isNamed[$0] }
      let calls = children[place].count - parts.count
      weights[place] = min(parts.reduce(1 + calls) { $0 + weights[$1] }, 1 << 20)
      depths[place] = 1 + (parts.map { depths[$0] }.max() ?? 0)
      if weights[place] > Self.maximumWeight || depths[place] > Self.maximumDepth, targets[place] {
        functions[place] = true
      }
    }
  }

  /// Those that a `$ref` leads to and that have no check of their own.
  private static func targets(_ schemas: [Schema], _ index: SpecIndex, _ isNamed: [Bool]) -> [Bool] {
    var targets = Array(repeating: false, count: schemas.count)
    for schema in schemas {
      guard let ref = schema.ref else { continue }
      let place = index.resolved(ref).ordinal
      targets[place] = !isNamed[place]
    }
    return targets
  }

  func isFunction(_ schema: Schema) -> Bool { functions[schema.ordinal] }

  /// Whether it is part of a cycle.
  func isRecursive(_ schema: Schema) -> Bool { recursive[schema.ordinal] }

  /// How many of the parts of a schema lead back to it. Where these are looked at one after the other, and are more than one,
  /// the work doubles with every level of a value.
  func returns(_ schema: Schema) -> Int { returns[schema.ordinal] }

  /// How much code a schema is in place, parts with functions of their own counted as calls.
  func weight(_ schema: Schema) -> Int { weights[schema.ordinal] }
}
