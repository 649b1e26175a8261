internal import CTSpec

/// Functions that check a value against one schema: for what refers back to itself, and for whole files of schemas.
struct CheckFunctions {
  /// The expression that calls the function of a schema.
  private(set) var calls: [SchemaID: String] = [:]
  private(set) var order: [SchemaID] = []

  mutating func add(_ id: SchemaID) {
    guard calls[id] == nil else { return }
    calls[id] = "SchemaChecks.check\(order.count)"
    order.append(id)
  }

  /// The declaration of one function.
  func declaration(of id: SchemaID, _ emitter: ValueEmitter) -> Code {
    let number = order.firstIndex(of: id)!
    let conjunction = Conjunction([id], in: emitter.index)
    return .group([
      emitter.source(id),
      .block(
        "static func check\(number)(_ json: inout JSONReader, _ context: inout ValidationContext)",
        emitter.readBody(conjunction, .check(member: "nil"))),
    ])
  }
}
