internal import CTJSON
internal import CTSpec

/// Turns schemas into Swift types. Everything that can be named in the spec gets the name that it has there.
struct ModelBuilder: Sendable {
  let index: SpecIndex
  private(set) var models = Models()
  private(set) var diagnostics = Diagnostics()
  private var takenNames = TakenNames()
  /// Names of types within others, which would stand in for a type of the same name there.
  private var nestedNames: Set<String> = []
  /// Branches of unions that are still to be declared with them, and the names that they will have.
  private var waiting: [SchemaID: String] = [:]
  private var openArrays: Set<SchemaID> = []
  private static let maximumArrayDepth = 8
  private var openObjects = 0
  private static let maximumObjectDepth = 200
  private var redaction: RedactionFinder
  private var healthNotes: [(type: String, value: String, health: HealthSignal)] = []

  init(index: SpecIndex) {
    self.index = index
    redaction = RedactionFinder(index: index)
  }

  /// Keeps names from being given to types.
  mutating func reserve(_ names: [String]) { for name in names { takenNames.insert(name) } }

  /// The name of a type, or one like it where something else has it.
  ///
  /// - Parameter kind: what stands behind a name that Swift or the runtime has: the schema `Error` is `ErrorSchema`.
  mutating func uniqueName(_ name: String, kind: String = "Schema") -> String {
    let wanted = ReservedNames.types.contains(name) ? name + kind : name
    var unique = takenNames.unique(wanted)
    while nestedNames.contains(unique) { unique = takenNames.unique(wanted) }
    return unique
  }

  /// The name of a type within another; it may be the same in many, but no other type may have it.
  mutating func nestedName(_ name: String) -> String {
    var name = name
    while !nestedNames.contains(name), takenNames.contains(name) || ReservedNames.types.contains(name) {
      name += "Response"
    }
    nestedNames.insert(name)
    return name
  }

  // MARK: Named schemas

  /// Builds the types of the schemas that have a name: components, whole files, `$defs`.
  mutating func build(named schemas: [(name: String, schema: SchemaID)]) {
    var pending: [(String, SchemaID)] = []
    let branches = UnionBranches.exclusive(in: index)
    for (name, id) in schemas {
      let target = index.resolved(id).id
      guard models.names[target] == nil, needsDeclaration(Conjunction([target], in: index)) else { continue }
      let typeName = uniqueName(SwiftName.type(name))
      models.names[target] = typeName
      if branches.contains(target) { waiting[target] = typeName } else { pending.append((typeName, target)) }
    }
    for (typeName, id) in pending { declare(Conjunction([id], in: index), as: typeName, origin: id) }
    applyHealthNotes()
  }

  /// Declares what waited for a union that did not come to be a type.
  mutating func finish() {
    for id in index.order {
      guard let name = waiting.removeValue(forKey: id) else { continue }
      declare(Conjunction([id], in: index), as: name, origin: id)
    }
    applyHealthNotes()
  }

  /// Whether values of the schema get a type of their own.
  private func needsDeclaration(_ conjunction: Conjunction) -> Bool {
    guard let types = conjunction.types?.subtracting([.null]) else { return false }
    if types == [.object] { return conjunction.hasMembers }
    return types == [.string] && conjunction.only?.hasStringValues == true
  }

  /// Where something in these schemas is marked with `x-ct-redact`.
  func redactionMark(in ids: [SchemaID]) -> SourceLocation? {
    redaction.mark(in: ids).map { $0.keywordLocations["x-ct-redact"] ?? $0.location }
  }

  // MARK: Types

  /// The Swift type for a conjunction. One that needs a type and has none yet gets it, by the name that is offered.
  mutating func type(
    of conjunction: Conjunction, origin: SchemaID, offering name: @autoclosure () -> String
  ) -> SwiftType {
    guard let types = conjunction.types else { return .raw }
    let plain = plainType(of: conjunction, types.subtracting([.null]), origin: origin, offering: name())
    return types.contains(.null) && types.count > 1 ? .nullable(plain) : plain
  }

  private mutating func plainType(
    of conjunction: Conjunction, _ types: Set<JSONType>, origin: SchemaID, offering name: @autoclosure () -> String
  ) -> SwiftType {
    if let known = knownName(conjunction) { return .named(known) }
    switch types {
    case [.string]: return stringType(of: conjunction, origin: origin, offering: name())
    case [.integer]: return .int
    case [.number], [.number, .integer]: return .number
    case [.boolean]: return .bool
    case [.array]: return arrayType(of: conjunction, offering: name())
    // Far within others an object is kept as it came, so that no nesting can exhaust the stack.
    case [.object] where conjunction.hasMembers && openObjects < Self.maximumObjectDepth:
      return declareNested(conjunction, origin: origin, offering: name())
    default: return .raw
    }
  }

  private func knownName(_ conjunction: Conjunction) -> String? {
    conjunction.identity(in: index).flatMap { models.names[$0] } ?? models.mergedName(conjunction.roots)
  }

  private mutating func stringType(
    of conjunction: Conjunction, origin: SchemaID, offering name: @autoclosure () -> String
  ) -> SwiftType {
    if conjunction.only?.hasStringValues == true { return declareNested(conjunction, origin: origin, offering: name()) }
    return conjunction.schemas.contains { $0.format == "date-time" } ? .timestamp : .string
  }

  private mutating func arrayType(of conjunction: Conjunction, offering name: @autoclosure () -> String) -> SwiftType {
    guard let schema = conjunction.only, let items = schema.items, schema.prefixItems == nil else { return .raw }
    // An array of arrays of the same: at some point its elements are kept as they came.
    guard openArrays.count < Self.maximumArrayDepth, openArrays.insert(schema.id).inserted else { return .raw }
    defer { openArrays.remove(schema.id) }
    let element = index.resolved(items).id
    return .array(type(of: Conjunction([element], in: index), origin: element, offering: name() + "Item"))
  }

  private mutating func declareNested(
    _ conjunction: Conjunction, origin: SchemaID, offering name: String
  ) -> SwiftType {
    let typeName = uniqueName(name)
    if let id = conjunction.identity(in: index) {
      models.names[id] = typeName
    } else {
      models.mergedNames[Set(conjunction.roots)] = typeName
    }
    openObjects += 1
    defer { openObjects -= 1 }
    declare(conjunction, as: typeName, origin: origin)
    return .named(typeName)
  }

  /// The Swift expression of a `default`; a fault where it is none of the type, or the type is one that takes none.
  mutating func defaultExpression(_ value: SpecNode, _ type: SwiftType) -> String? {
    switch (type, value.value) {
    case (.int, .number(let number)): return number.int.map(String.init)
    case (.number, .number(let number)): return "JSONNumber(checkedLexeme: \(literal(number.lexeme)).utf8)"
    case (.bool, .bool(let bool)): return String(bool)
    case (.string, .string(let string)): return literal(string)
    case (.timestamp, .string(let string)) where Timestamp(string) != nil: return "Timestamp(\(literal(string)))!"
    case (.nullable, .null): return ".null"
    case (.nullable(let type), _): return defaultExpression(value, type).map { ".value(\($0))" }
    case (.array(let type), .array(let elements)):
      let expressions = elements.compactMap { defaultExpression($0, type) }
      return expressions.count < elements.count ? nil : "[\(expressions.joined(separator: ", "))]"
    case (.raw, _):
      let bytes = String(decoding: JSONWriter.write(value.jsonValue), as: UTF8.self)
      return "RawJSON(checked: Array(\(literal(bytes)).utf8))"
    case (.named(let name), .object) where models.object(name) != nil:
      diagnostics.error(
        "unsupported-default", at: value.location, "the default of an object is not applied: leave it to the server")
      return nil
    case (.named(let name), .string(let string)):
      let known = models.stringEnum(name)?.cases.first { $0.value.utf8.elementsEqual(string.utf8) }
      if let known { return "\(name).\(SwiftName.escaped(known.name))" }
    default: break
    }
    diagnostics.error("default-type", at: value.location, "this default is not a value that the schema allows here")
    return nil
  }

  // MARK: Declarations

  private mutating func declare(_ conjunction: Conjunction, as name: String, origin: SchemaID) {
    if let schema = conjunction.only, schema.hasStringValues, let values = schema.enumValues {
      declareEnum(values.compactMap(\.string), schema, name)
    } else if let schema = conjunction.schemas.first(where: { $0.discriminator != nil }),
      let discriminator = schema.discriminator
    {
      declareUnion(schema, discriminator, name)
    } else {
      models.append(object(conjunction, name: name, origin: origin))
    }
  }

  private mutating func declareEnum(_ values: [String], _ schema: Schema, _ name: String) {
    var taken = TakenNames()
    let cases = values.map { value in
      let name = SwiftName.member(value, avoiding: ReservedNames.cases)
      return (name: taken.unique(name), value: value)
    }
    models.append(
      EnumModel(name: name, documentation: schema.description, origin: schema.id, cases: cases))
  }

  private mutating func object(
    _ conjunction: Conjunction, name: String, origin: SchemaID,
    selectedBy selector: (name: String, value: String)? = nil
  ) -> ObjectModel {
    var taken = TakenNames()
    let required = Set(conjunction.required.map(ExactString.init))
    var properties: [PropertyModel] = []
    for jsonName in conjunction.propertyNames {
      let member = conjunction.fullMember(jsonName, in: index)
      let swiftName = taken.unique(SwiftName.member(jsonName, avoiding: ReservedNames.properties))
      // What is not always there is stored, also where it can have one value only.
      let goesOneWay = member.isReadOnly || member.isWriteOnly
      let constant = (goesOneWay ? nil : member.const?.string) ?? (selector?.name == jsonName ? selector?.value : nil)
      let origin = member.schemas.first?.id ?? origin
      let type = constant == nil ? type(of: member, origin: origin, offering: name + SwiftName.type(jsonName)) : .string
      properties.append(
        PropertyModel(
          jsonName: jsonName, name: swiftName, conjunction: member, type: type,
          isRequired: required.contains(ExactString(jsonName)) && !goesOneWay,
          documentation: documentation(of: jsonName, conjunction, member),
          constant: constant, defaultValue: member.defaultValue.flatMap { defaultExpression($0, type) }))
    }
    return ObjectModel(
      name: name, documentation: conjunction.description, origin: origin, conjunction: conjunction,
      properties: properties)
  }

  /// The words beside the property's own `$ref`, or else those of what it refers to.
  private func documentation(of name: String, _ conjunction: Conjunction, _ member: Conjunction) -> String? {
    let note = member.isReadOnly ? "Only in answers." : member.isWriteOnly ? "Only in requests." : nil
    let text = documentation(of: name, conjunction)
    return note.map { note in text.map { "\($0) \(note)" } ?? note } ?? text
  }

  private func documentation(of name: String, _ conjunction: Conjunction) -> String? {
    for schema in conjunction.schemas {
      guard let id = schema.property(name) else { continue }
      if let text = index[id].description ?? index.resolved(id).description { return text }
    }
    return nil
  }

  private mutating func declareUnion(_ schema: Schema, _ discriminator: Discriminator, _ name: String) {
    let base = object(Conjunction([schema.id], in: index), name: name + "Base", origin: schema.id)
    let values = Dictionary(grouping: discriminator.mapping) { index.resolved($0.schema).id }
    var taken = TakenNames()
    var types: [SchemaID: String] = [:]
    var branches: [UnionModel.Branch] = []
    for (value, id) in discriminator.mapping {
      let branch = index.resolved(id)
      let ownType = types[branch.id] ?? ownType(of: branch, value, in: schema)
      let typeName = ownType ?? branchName(branch, value, of: name)
      types[branch.id] = typeName
      let isSelected = values[branch.id]?.count == 1
      let object = object(
        Conjunction([schema.id, branch.id], in: index, keepsRoots: true), name: typeName, origin: branch.id,
        selectedBy: isSelected ? (discriminator.propertyName, value) : nil)
      branches.append(
        .init(
          name: taken.unique(SwiftName.member(value, avoiding: [])), value: value, documentation: branch.description,
          object: object, isDeclared: ownType == nil))
      noteHealth(branch.health, of: value, base, discriminator)
    }
    models.append(
      UnionModel(
        name: name, documentation: schema.description, origin: schema.id, base: base,
        discriminator: discriminator.propertyName, branches: branches, isRedacted: redaction.isMarked(schema.id)))
  }

  /// The type that the branch is apart from the union, where that does.
  private func ownType(of branch: Schema, _ value: String, in union: Schema) -> String? {
    guard let known = models.names[branch.id], waiting[branch.id] == nil else { return nil }
    return UnionBranches.isComplete(branch, value, in: union, index) ? known : nil
  }

  /// The name of the struct that a branch becomes, together with its base.
  private mutating func branchName(_ branch: Schema, _ value: String, of union: String) -> String {
    if let name = waiting.removeValue(forKey: branch.id) {
      // From now on it is the name of more than the schema says.
      models.names[branch.id] = nil
      return name
    }
    if let known = models.names[branch.id] { return uniqueName(union + known) }
    let last = JSONPointer.lastToken(of: branch.id.pointer) ?? ""
    let hasName = !last.isEmpty && JSONPointer.index(last) == nil
    return uniqueName(hasName ? SwiftName.type(last) : union + SwiftName.type(value))
  }

  private mutating func noteHealth(
    _ health: HealthSignal?, of value: String, _ base: ObjectModel, _ discriminator: Discriminator
  ) {
    guard let health else { return }
    let property = base.properties.first { $0.jsonName == discriminator.propertyName }
    if case .named(let type)? = property?.type { return healthNotes.append((type, value, health)) }
    diagnostics.error(
      "unsupported-mark", at: discriminator.location,
      "'x-ct-health' is told by the values of an 'enum': '\(discriminator.propertyName)' has to have one beside it")
  }

  /// Puts the notes onto the enums, which may have been declared after the union.
  private mutating func applyHealthNotes() {
    for (type, value, health) in healthNotes {
      models.note(health, of: value, in: type)
    }
  }
}
