internal import CTSpec

/// Which types a keyword speaks of: instances of other types meet it (2020-12 validation, section 6).
enum KeywordSubject {
  private static let table: [(types: Set<JSONType>, keywords: Set<String>)] = [
    ([.number, .integer], ["multipleOf", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"]),
    ([.string], ["minLength", "maxLength", "pattern", "format"]),
    (
      [.array],
      [
        "prefixItems", "items", "contains", "minContains", "maxContains", "minItems", "maxItems", "uniqueItems",
        "unevaluatedItems",
      ]
    ),
    (
      [.object],
      [
        "properties", "patternProperties", "additionalProperties", "propertyNames", "required", "dependentRequired",
        "dependentSchemas", "minProperties", "maxProperties", "unevaluatedProperties",
      ]
    ),
  ]

  /// `nil`: of all types, or of none.
  static func types(of keyword: String) -> Set<JSONType>? { table.first { $0.keywords.contains(keyword) }?.types }

  /// Whether a keyword speaks of some of these types.
  static func isIn(_ types: Set<JSONType>, _ keyword: String) -> Bool {
    self.types(of: keyword).map { !$0.isDisjoint(with: types) } ?? true
  }
}
