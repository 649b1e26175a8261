extension Schema {
  /// The schemas that apply to the same instance as this one, whether they must hold or not.
  package var inPlaceSubschemas: [SchemaID] {
    [ref, not, `if`, then, `else`].compactMap { $0 } + allOf + anyOf + oneOf + dependentSchemas.map(\.schema)
  }

  /// The schemas that apply to members, items or names within the instance.
  package var innerSubschemas: [SchemaID] {
    let single = [
      items, contains, unevaluatedItems, additionalProperties, propertyNames, unevaluatedProperties,
    ].compactMap { $0 }
    return (prefixItems ?? []) + single + properties.map(\.schema) + patternProperties.map(\.schema)
  }

  /// Where a keyword stands, or else the schema.
  package func location(of keyword: String) -> SourceLocation { keywordLocations[keyword] ?? location }
}
