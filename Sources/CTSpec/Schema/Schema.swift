package import CTJSON

/// One JSON Schema (2020-12) with every keyword parsed, typed and located.
///
/// Children are held by id: look them up in ``SpecIndex``. A boolean schema has ``boolean`` and nothing else.
package final class Schema: Sendable {
  package let id: SchemaID
  /// Its place in ``SpecIndex/order``.
  package let ordinal: Int
  package let location: SourceLocation
  package let node: SpecNode
  /// Of each keyword that is present, where its name stands.
  package var keywordLocations: KeywordLocations { KeywordLocations(node) }
  package let boolean: Bool?

  // Core (2020-12 core, section 8).
  package let ref: SchemaID?
  /// Whether this says nothing about instances but what `$ref` says.
  package let isPureReference: Bool
  package let anchor: String?
  package let defs: [(name: String, schema: SchemaID)]

  // Any type (validation, section 6.1).
  package let types: [JSONType]?
  package let enumValues: [SpecNode]?
  /// The same, to look a value up.
  let allowedValues: Set<JSONValue>?
  package let const: SpecNode?
  let constValue: JSONValue?

  // Numbers (validation, section 6.2).
  package let multipleOf: JSONNumber?
  package let minimum: JSONNumber?
  package let maximum: JSONNumber?
  package let exclusiveMinimum: JSONNumber?
  package let exclusiveMaximum: JSONNumber?

  // Strings (validation, section 6.3 and 7).
  package let minLength: Int?
  package let maxLength: Int?
  package let pattern: String?
  package let format: String?

  // Arrays (core, section 10.3.1; validation, section 6.4).
  package let prefixItems: [SchemaID]?
  package let items: SchemaID?
  package let contains: SchemaID?
  package let minContains: Int?
  package let maxContains: Int?
  package let minItems: Int?
  package let maxItems: Int?
  package let uniqueItems: Bool
  package let unevaluatedItems: SchemaID?

  // Objects (core, section 10.3.2; validation, section 6.5), in the order of the file.
  package let properties: [(name: String, schema: SchemaID)]
  /// The same by name, where there are many: objects may have thousands.
  private let propertySchemas: [ExactString: SchemaID]?
  package let patternProperties: [(pattern: String, schema: SchemaID)]
  package let additionalProperties: SchemaID?
  package let propertyNames: SchemaID?
  package let required: [String]
  package let dependentRequired: [(name: String, required: [String])]
  package let dependentSchemas: [(name: String, schema: SchemaID)]
  package let minProperties: Int?
  package let maxProperties: Int?
  package let unevaluatedProperties: SchemaID?

  // In place (core, section 10.2).
  package let allOf: [SchemaID]
  package let anyOf: [SchemaID]
  package let oneOf: [SchemaID]
  package let not: SchemaID?
  package let `if`: SchemaID?
  package let then: SchemaID?
  package let `else`: SchemaID?

  // Annotations (validation, section 9).
  package let title: String?
  package let description: String?
  package let defaultValue: SpecNode?
  package let examples: [SpecNode]
  package let deprecated: Bool
  package let readOnly: Bool
  package let writeOnly: Bool

  // OpenAPI 3.1, section 4.8.24.
  package let discriminator: Discriminator?

  // Extensions of the tower.
  /// `x-ct-redact`
  package let redact: Redaction?
  /// `x-ct-roles`: who may see this property in responses.
  package let roles: [String]?
  /// `x-ct-health`
  package let health: HealthSignal?

  /// Reads every keyword once. The order here is the order of faults and of child schemas.
  init(_ k: SchemaReader, ordinal: Int) {
    id = k.id
    self.ordinal = ordinal
    location = k.node.location
    node = k.node
    boolean = k.node.bool

    ref = k.reference("$ref")
    isPureReference = ref != nil && KeywordLocations(k.node).saysNothingBesideReference
    anchor = k.anchor("$anchor")
    // An anchor like any other, since `$dynamicRef` is refused.
    _ = k.anchor("$dynamicAnchor")
    defs = k.schemaMap("$defs")

    types = k.types("type")
    (enumValues, allowedValues) = k.enumValues("enum") ?? (nil, nil)
    const = k.any("const")
    constValue = const?.jsonValue

    multipleOf = k.divisor("multipleOf")
    minimum = k.number("minimum")
    maximum = k.number("maximum")
    exclusiveMinimum = k.number("exclusiveMinimum")
    exclusiveMaximum = k.number("exclusiveMaximum")

    minLength = k.count("minLength")
    maxLength = k.count("maxLength")
    pattern = k.pattern("pattern")
    format = k.format("format")

    prefixItems = k.any("prefixItems") == nil ? nil : k.schemaList("prefixItems")
    items = k.schema("items")
    contains = k.schema("contains")
    minContains = k.count("minContains")
    maxContains = k.count("maxContains")
    minItems = k.count("minItems")
    maxItems = k.count("maxItems")
    uniqueItems = k.flag("uniqueItems")
    unevaluatedItems = k.schema("unevaluatedItems")

    properties = k.schemaMap("properties")
    propertySchemas =
      properties.count > 8
      ? Dictionary(properties.map { (ExactString($0.name), $0.schema) }) { first, _ in first } : nil
    patternProperties = k.patternMap("patternProperties")
    additionalProperties = k.schema("additionalProperties")
    propertyNames = k.schema("propertyNames")
    required = k.names("required")
    dependentRequired = k.nameLists("dependentRequired")
    dependentSchemas = k.schemaMap("dependentSchemas")
    minProperties = k.count("minProperties")
    maxProperties = k.count("maxProperties")
    unevaluatedProperties = k.schema("unevaluatedProperties")

    allOf = k.schemaList("allOf")
    anyOf = k.schemaList("anyOf")
    oneOf = k.schemaList("oneOf")
    not = k.schema("not")
    `if` = k.schema("if")
    then = k.schema("then")
    `else` = k.schema("else")

    title = k.string("title")
    description = k.string("description")
    defaultValue = k.any("default")
    examples = k.list("examples")
    deprecated = k.flag("deprecated")
    readOnly = k.flag("readOnly")
    writeOnly = k.flag("writeOnly")

    discriminator = k.discriminator("discriminator", branches: oneOf.isEmpty ? anyOf : oneOf)
    redact = k.choice("x-ct-redact")
    roles = k.any("x-ct-roles") == nil ? nil : k.names("x-ct-roles")
    health = k.choice("x-ct-health")
    k.finish()
  }

  /// The schema of a property.
  package func property(_ name: String) -> SchemaID? {
    let name = ExactString(name)
    if let propertySchemas { return propertySchemas[name] }
    return properties.first { ExactString($0.name) == name }?.schema
  }
}
