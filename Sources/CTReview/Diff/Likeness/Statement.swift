import CTJSON
internal import CTSpec

/// Something that a schema says by itself, without the help of another schema.
struct Statement: Hashable {
  let keyword: String
  /// What it holds; order and repetition mean nothing in lists such as `enum` and `required`.
  let values: Set<JSONValue>

  init(_ keyword: String, _ values: Set<JSONValue> = []) {
    self.keyword = keyword
    self.values = values
  }
}

extension Conjunction {
  /// What is said of types and values, which branches may say together.
  var limits: [Statement] {
    let types = typeLimits.map { Statement("type", Set($0.map { .string($0.rawValue) })) }
    return types + valueLimits.map { Statement("enum", Set($0.map(\.jsonValue))) }
  }
}

extension Schema {
  private static let lists: Set<String> = ["required", "x-ct-roles"]
  private static let single: Set<String> = [
    "multipleOf", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength", "pattern",
    "format", "minContains", "maxContains", "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties",
    "default", "readOnly", "writeOnly", "x-ct-redact", "x-ct-health",
  ]

  /// Every statement that a comparison looks at, but for types and values; titles, descriptions and examples are none.
  var statements: [Statement] {
    if boolean == false { return [Statement("false")] }
    let own = (node.members ?? []).flatMap { member -> [Statement] in
      let value = member.value.jsonValue
      switch member.key {
      case let key where Self.lists.contains(key): return [Statement(key, Set(value.elements ?? [value]))]
      case let key where Self.single.contains(key): return value == .bool(false) ? [] : [Statement(key, [value])]
      default: return []
      }
    }
    return own
      + dependentRequired.map { name, others in
        Statement("dependentRequired \(name)", Set(others.map { .string($0) }))
      }
  }

  /// The schemas that this one leads to, each with the part that it plays; `$ref`, `allOf` and branches are apart.
  var links: [(role: Statement, target: SchemaID)] {
    let keywords: [(String, SchemaID?)] = [
      ("not", not), ("if", `if`), ("then", then), ("else", `else`), ("items", items), ("contains", contains),
      ("unevaluatedItems", unevaluatedItems), ("propertyNames", propertyNames),
      ("additionalProperties", additionalProperties), ("unevaluatedProperties", unevaluatedProperties),
    ]
    let single = keywords.compactMap { keyword, id in id.map { (Statement(keyword), $0) } }
    let named =
      properties.map { ("properties", $0.name, $0.schema) }
      + patternProperties.map { ("patternProperties", $0.pattern, $0.schema) }
      + dependentSchemas.map { ("dependentSchemas", $0.name, $0.schema) }
      + (prefixItems ?? []).enumerated().map { ("prefixItems", "\($0)", $1) }
    return single + named.map { keyword, name, id in (Statement(keyword, [.string(name)]), id) }
  }
}
