internal import CTSpec

/// Writes the Swift of a struct: its properties, how it is read and how it is written.
struct ObjectEmitter {
  let model: ObjectModel
  let emitter: ValueEmitter

  /// The properties that are stored: not those with only one value.
  private let stored: [PropertyModel]

  init(model: ObjectModel, emitter: ValueEmitter) {
    self.model = model
    self.emitter = emitter
    stored = model.properties.filter { $0.constant == nil }
  }

  func declaration() -> [Code] {
    code {
      if let text = model.documentation { Code.documentation(text) }
      emitter.source(model.origin)
      block("public struct \(model.name): Hashable, Sendable, JSONDecodable, JSONEncodable") {
        for property in stored {
          if let text = property.documentation { Code.documentation(text) }
          let isIndirect = emitter.basis.indirectProperties.contains("\(model.name).\(property.name)")
          "\(isIndirect ? "@Indirect " : "")public var \(SwiftName.escaped(property.name)): \(storedType(of: property))"
        }
        if !stored.isEmpty { Code.blank }
        initializer()
        Code.blank
        encode()
        Code.blank
        decode()
      }
      Code.blank
    }
  }

  private func type(of property: PropertyModel) -> String {
    property.isAlwaysPresent ? property.type.source : property.type.source + "?"
  }

  /// Not `T?`, which is `nil` before `init` sets it: then `init` makes the value aside and copies all of it.
  private func storedType(of property: PropertyModel) -> String {
    property.isAlwaysPresent ? property.type.source : "Optional<\(property.type.source)>"
  }

  private func initializer() -> Code {
    let parameters = stored.map { property in
      "\(SwiftName.escaped(property.name)): \(type(of: property))"
        + (property.isRequired ? "" : " = \(property.defaultValue ?? "nil")")
    }
    return .group(
      code {
        Code.list("public init(", parameters, ") {")
        Code.indented(stored.map { .line("self.\($0.name) = \(SwiftName.escaped($0.name))") })
        "}"
      })
  }

  // MARK: Writing

  private func encode() -> Code {
    block("public func encode(to output: inout JSONOutput)") {
      "output.beginObject()"
      for property in model.properties { encode(property) }
      "output.endObject()"
    }
  }

  private func encode(_ property: PropertyModel) -> [Code] {
    let name = "output.name(\(literal(property.jsonName)))"
    var conditions: [String] = []
    if let roles = property.conjunction.roles {
      conditions.append("output.audience.mayRead([\(roles.map(literal).joined(separator: ", "))])")
    }
    if property.conjunction.isReadOnly { conditions.append("!output.isRequest") }
    if property.conjunction.isWriteOnly { conditions.append("!output.isResponse") }
    if let constant = property.constant {
      guard property.isRequired || emitter.isDiscriminator(property, of: model) else { return [] }
      let write = Code.line("\(name); output.string(\(literal(constant)))")
      return [conditions.isEmpty ? write : .block("if \(conditions.joined(separator: ", "))", [write])]
    }
    // The parameter `output` would stand in for a property of that name.
    if !property.isAlwaysPresent { conditions.append("let value = self.\(property.name)") }
    let value = property.isAlwaysPresent ? "self.\(property.name)" : "value"
    let write = "\(value).encode(to: &output)"
    if conditions.isEmpty { return [.line(name), .line(write)] }
    return [
      block("if \(conditions.joined(separator: ", "))") {
        name
        write
      }
    ]
  }

  // MARK: Reading

  private func decode() -> Code {
    let conjunction = isJudgedBefore ? model.conjunction.flattened : model.conjunction
    let loop = ObjectLoop(conjunction: conjunction, emitter: emitter, redacts: false)
    let types = Dictionary(uniqueKeysWithValues: stored.map { (ExactString($0.jsonName), $0) })
    return block("public static func decode(_ json: inout JSONReader, _ context: inout ValidationContext) -> Self?") {
      checkBefore()
      if loop.needsStart { "let objectStart = json.valueStart()" }
      "guard context.beginObject(&json) else { return nil }"
      for property in stored { "var \(variable(property)): \(property.type.source)?" }
      loop.code { name, member in
        guard let property = types[ExactString(name)] else { return emitter.read(member, .check(member: "member")) }
        return emitter.read(member, .init(variable: variable(property), type: property.type, member: "member"))
      }
      let needed = stored.filter(\.isRequired).map { "let \(variable($0))" }
      if !needed.isEmpty { Code.list("guard ", needed, " else { return nil }") }
      Code.list("return Self(", stored.map(argument), ")")
    }
  }

  /// Whether some schema cannot be judged in the loop over the members.
  private var isJudgedBefore: Bool { !model.conjunction.counting.isEmpty || !model.conjunction.apart.isEmpty }

  /// What looks at the value as a whole comes first; where that is all of the check, what the loop below finds was noted
  /// before.
  private func checkBefore() -> [Code] {
    guard isJudgedBefore else {
      // A branch of a union was selected before.
      return emitter.readInPlace(model.conjunction, .check(member: "nil"), selects: false)
    }
    return code {
      "let start = json.bookmark()"
      Code.block("do", emitter.readBody(model.conjunction, .check(member: "nil")))
      "json.rewind(to: start)"
      "let trial = context.beginTrial()"
      "defer { _ = context.endTrial(trial) }"
    }
  }

  private func argument(_ property: PropertyModel) -> String {
    let fallback = property.isRequired ? "" : property.defaultValue.map { " ?? \($0)" } ?? ""
    return "\(SwiftName.label(property.name)): \(variable(property))\(fallback)"
  }

  /// A local name that no name of the surrounding code can clash with.
  private func variable(_ property: PropertyModel) -> String { property.name + "Value" }

  /// The check without a value, which marks what is to be redacted on the way: it ends the declaration where other code
  /// asks for it.
  func validation() -> [Code] {
    code {
      Code.blank
      Code.block(
        "static func validate(_ json: inout JSONReader, _ context: inout ValidationContext)",
        emitter.readBody(model.conjunction, .check(member: "nil")))
    }
  }
}

extension ValueEmitter {
  /// Whether the property selects the branch that the struct is: it is written even where the schema does not ask for it.
  func isDiscriminator(_ property: PropertyModel, of model: ObjectModel) -> Bool {
    model.conjunction.schemas.contains { $0.discriminator?.propertyName == property.jsonName }
  }
}
