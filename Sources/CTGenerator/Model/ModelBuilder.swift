internal import CTJSON
internal import CTSpec

/// Turns schemas into Swift types. Everything that can be named in the spec gets the name that it has there.
struct ModelBuilder {
  let index: SpecIndex
  private(set) var models = Models()
  private(set) var diagnostics = Diagnostics()
  private var takenNames: Set<String> = ModelBuilder.reservedNames
  private var redaction: RedactionFinder
  private var healthNotes: [(type: String, value: String, health: HealthSignal)] = []

  init(index: SpecIndex) {
    self.index = index
    redaction = RedactionFinder(index: index)
  }

  /// Names that generated code uses for something else.
  private static let reservedNames: Set<String> = [
    "Any", "Array", "Bool", "Character", "Dictionary", "Double", "Error", "Int", "Never", "Optional", "Range", "Result",
    "Self", "Set", "String", "Task", "Type", "JSONNumber", "JSONReader", "JSONOutput", "JSONText", "Nullable",
    "RawJSON",
    "Timestamp", "ValidationContext", "Principal", "ProblemDetails", "RequestContext", "Router", "SchemaConstants",
  ]

  /// The name, or one like it where something else has it.
  mutating func uniqueName(_ name: String) -> String { SwiftName.unique(name, among: &takenNames) }

  // MARK: Named schemas

  /// Builds the types of the schemas that have a name: components, whole files, `$defs`.
  mutating func build(named schemas: [(name: String, schema: SchemaID)]) {
    var pending: [(String, SchemaID)] = []
    for (name, id) in schemas {
      let target = index.resolved(id).id
      guard models.names[target] == nil, needsDeclaration(Conjunction([target], in: index)) else { continue }
      let typeName = SwiftName.unique(SwiftName.type(name), among: &takenNames)
      models.names[target] = typeName
      pending.append((typeName, target))
    }
    for (typeName, id) in pending { declare(Conjunction([id], in: index), as: typeName, origin: id) }
    applyHealthNotes()
  }

  /// Whether values of the schema get a type of their own.
  private func needsDeclaration(_ conjunction: Conjunction) -> Bool {
    guard let types = conjunction.types?.subtracting([.null]) else { return false }
    if types == [.object] { return !conjunction.propertyNames.isEmpty }
    return types == [.string] && conjunction.only?.hasStringValues == true
  }

  /// Where something in these schemas is marked with `x-ct-redact`.
  func redactionMark(in ids: [SchemaID]) -> SourceLocation? {
    redaction.mark(in: ids).map { $0.keywordLocations["x-ct-redact"] ?? $0.location }
  }

  // MARK: Types

  /// The Swift type for a conjunction. One that needs a type and has none yet gets it, by the name that is offered.
  mutating func type(of conjunction: Conjunction, origin: SchemaID, offering name: String) -> SwiftType {
    guard let types = conjunction.types else { return .raw }
    let plain = plainType(of: conjunction, types.subtracting([.null]), origin: origin, offering: name)
    return types.contains(.null) && types.count > 1 ? .nullable(plain) : plain
  }

  private mutating func plainType(
    of conjunction: Conjunction, _ types: Set<JSONType>, origin: SchemaID, offering name: String
  ) -> SwiftType {
    if let known = knownName(conjunction) { return .named(known) }
    switch types {
    case [.string]: return stringType(of: conjunction, origin: origin, offering: name)
    case [.integer]: return .int
    case [.number], [.number, .integer]: return .number
    case [.boolean]: return .bool
    case [.array]: return arrayType(of: conjunction, offering: name)
    case [.object] where !conjunction.propertyNames.isEmpty:
      return declareNested(conjunction, origin: origin, offering: name)
    default: return .raw
    }
  }

  private func knownName(_ conjunction: Conjunction) -> String? {
    conjunction.identity(in: index).flatMap { models.names[$0] }
  }

  private mutating func stringType(
    of conjunction: Conjunction, origin: SchemaID, offering name: String
  ) -> SwiftType {
    if conjunction.only?.hasStringValues == true { return declareNested(conjunction, origin: origin, offering: name) }
    return conjunction.schemas.contains { $0.format == "date-time" } ? .timestamp : .string
  }

  private mutating func arrayType(of conjunction: Conjunction, offering name: String) -> SwiftType {
    guard let schema = conjunction.only, let items = schema.items, schema.prefixItems == nil else { return .raw }
    let element = index.resolved(items).id
    return .array(type(of: Conjunction([element], in: index), origin: element, offering: name + "Item"))
  }

  private mutating func declareNested(
    _ conjunction: Conjunction, origin: SchemaID, offering name: String
  ) -> SwiftType {
    let typeName = SwiftName.unique(name, among: &takenNames)
    if let id = conjunction.identity(in: index) { models.names[id] = typeName }
    declare(conjunction, as: typeName, origin: origin)
    return .named(typeName)
  }

  /// The Swift expression of a `default`; one of another type than the schema's is a fault.
  mutating func defaultExpression(_ value: SpecNode, _ type: SwiftType) -> String? {
    switch (type, value.value) {
    case (.int, .number(let number)): return number.int.map(String.init)
    case (.number, .number(let number)): return "JSONNumber(checkedLexeme: \(literal(number.lexeme)).utf8)"
    case (.bool, .bool(let bool)): return String(bool)
    case (.string, .string(let string)): return literal(string)
    case (.named(let name), .string(let string)):
      let known = models.enums.first { $0.name == name }?.cases.first { $0.value == string }
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
      models.objects.append(object(conjunction, name: name, origin: origin))
    }
  }

  private mutating func declareEnum(_ values: [String], _ schema: Schema, _ name: String) {
    var taken: Set<String> = []
    let cases = values.map { (name: SwiftName.unique(SwiftName.member($0), among: &taken), value: $0) }
    models.enums.append(
      EnumModel(name: name, documentation: schema.description, origin: schema.id, cases: cases))
  }

  private mutating func object(
    _ conjunction: Conjunction, name: String, origin: SchemaID, omitting omitted: Set<String> = []
  ) -> ObjectModel {
    var taken: Set<String> = []
    let required = conjunction.required
    var properties: [PropertyModel] = []
    for jsonName in conjunction.propertyNames {
      let member = conjunction.fullMember(jsonName, in: index)
      let swiftName = SwiftName.unique(SwiftName.member(jsonName), among: &taken)
      let constant = member.const?.string
      let offered = name + SwiftName.type(jsonName)
      let origin = member.schemas.first?.id ?? origin
      let type = constant == nil ? type(of: member, origin: origin, offering: offered) : .string
      properties.append(
        PropertyModel(
          jsonName: jsonName, name: swiftName, conjunction: member, type: type,
          isRequired: required.contains(jsonName) && !member.isReadOnly && !member.isWriteOnly,
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
      guard let id = schema.properties.first(where: { $0.name == name })?.schema else { continue }
      if let text = index[id].description ?? index.resolved(id).description { return text }
    }
    return nil
  }

  private mutating func declareUnion(_ schema: Schema, _ discriminator: Discriminator, _ name: String) {
    let base = object(Conjunction([schema.id], in: index), name: name + "Base", origin: schema.id)
    var taken: Set<String> = []
    var branches: [UnionModel.Branch] = []
    for (value, id) in discriminator.mapping {
      let branch = index.resolved(id)
      let typeName = branchName(branch, of: name)
      let object = object(Conjunction([schema.id, branch.id], in: index), name: typeName, origin: branch.id)
      let caseName = SwiftName.unique(SwiftName.member(value), among: &taken)
      branches.append(.init(name: caseName, value: value, documentation: branch.description, object: object))
      noteHealth(branch.health, of: value, base, discriminator)
    }
    models.unions.append(
      UnionModel(
        name: name, documentation: schema.description, origin: schema.id, base: base,
        discriminator: discriminator.propertyName, branches: branches, isRedacted: redaction.isMarked(schema.id)))
  }

  /// The name of the struct that a branch becomes, together with its base.
  private mutating func branchName(_ branch: Schema, of union: String) -> String {
    if let known = models.names[branch.id] { return known }
    let last = branch.id.pointer.split(separator: "/").last.map(String.init) ?? "Branch"
    let name = SwiftName.unique(SwiftName.type(last), among: &takenNames)
    models.names[branch.id] = name
    return name
  }

  private mutating func noteHealth(
    _ health: HealthSignal?, of value: String, _ base: ObjectModel, _ discriminator: Discriminator
  ) {
    let property = base.properties.first { $0.jsonName == discriminator.propertyName }
    guard let health, case .named(let type)? = property?.type else { return }
    healthNotes.append((type, value, health))
  }

  /// Puts the notes onto the enums, which may have been declared after the union.
  private mutating func applyHealthNotes() {
    for (type, value, health) in healthNotes {
      guard let place = models.enums.firstIndex(where: { $0.name == type }) else { continue }
      models.enums[place].health[value] = health
    }
  }
}
