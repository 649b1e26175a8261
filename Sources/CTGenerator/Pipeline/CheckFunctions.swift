internal import CTSpec

/// Functions that check a value against schemas: for what refers back to itself, for what is much code and used in many
/// places, and for whole files of schemas.
struct CheckFunctions: Sendable {
  private var names: [Set<SchemaID>: String] = [:]
  private(set) var order: [(name: String, schemas: [SchemaID])] = []
  private var taken = TakenNames()
  private let paths: SourcePaths

  init(paths: SourcePaths) { self.paths = paths }

  /// The expression that calls the function for a value that has to meet all of these schemas. That for
  /// `tree.json#/$defs/node` is `checkTreeJsonDefsNode`.
  mutating func call(_ schemas: [SchemaID]) -> String {
    "SchemaChecks." + name(of: schemas)
  }

  private mutating func name(of schemas: [SchemaID]) -> String {
    let key = Set(schemas)
    if let known = names[key] { return known }
    let others = key.count > 1 ? "And\(key.count - 1)" : ""
    let name = taken.unique("check" + SwiftName.type(paths.name(of: schemas[0])) + others)
    names[key] = name
    order.append((name, schemas))
    return name
  }

  /// Takes in the functions of another, in their order.
  ///
  /// - Returns: whether all of them have the same names here.
  mutating func merge(_ other: CheckFunctions) -> Bool {
    var isSame = true
    for (name, schemas) in other.order where self.name(of: schemas) != name { isSame = false }
    return isSame
  }

  /// The declarations of the functions, by their names.
  static func declarations(_ emitter: ValueEmitter) -> [(name: String, codes: [Code])] {
    var units: [(name: String, codes: [Code])] = []
    complete(&units, emitter)
    return units
  }

  /// Adds the declarations of the functions that are still to be written. Writing one may ask for more of them.
  static func complete(_ units: inout [(name: String, codes: [Code])], _ emitter: ValueEmitter) {
    while units.count < emitter.requests.functions.order.count {
      let (name, schemas) = emitter.requests.functions.order[units.count]
      let function = Code.block(
        "static func \(name)(_ json: inout JSONReader, _ context: inout ValidationContext)",
        emitter.readBody(Conjunction(schemas, in: emitter.index), .check(member: "nil")))
      units.append((name, schemas.map(emitter.source) + [function]))
    }
  }
}
