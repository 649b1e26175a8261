internal import CTSpec

/// Refuses what the generated code would not enforce: a keyword is never dropped in silence.
struct UnsupportedKeywords {
  let index: SpecIndex

  /// Keywords that no code is generated for yet.
  private static let keywords: Set<String> = ["$dynamicRef", "$dynamicAnchor"]

  private static let formats: Set<String> = [
    "date-time", "date", "time", "duration", "email", "hostname", "ipv4", "ipv6", "uri", "uri-reference", "uuid",
    "json-pointer", "regex",
  ]

  func check(_ diagnostics: inout Diagnostics) {
    for id in index.order { check(index[id], &diagnostics) }
  }

  private func check(_ schema: Schema, _ diagnostics: inout Diagnostics) {
    for (keyword, location) in schema.keywordLocations.sorted(by: { $0.value < $1.value })
    where Self.keywords.contains(keyword) {
      diagnostics.error("unsupported-keyword", at: location, "'\(keyword)' cannot be enforced by generated code yet")
    }
    if schema.discriminator != nil, schema.types != [.object] {
      refuse("discriminator", "a discriminator is for objects: write 'type: object' beside it", schema, &diagnostics)
    }
    if let format = schema.format, !Self.formats.contains(format) {
      refuse("format", "the format '\(format)' cannot be enforced by generated code yet", schema, &diagnostics)
    }
    if let pattern = schema.pattern {
      do throws(Pattern.Fault) { _ = try Pattern(pattern).compiled() } catch {
        refuse("pattern", error.description, schema, &diagnostics)
      }
    }
  }

  /// In a document, `readOnly` and `writeOnly` say which way a property goes; elsewhere nothing would enforce them.
  func checkDirections(_ diagnostics: inout Diagnostics) {
    var properties: Set<SchemaID> = []
    for id in index.order {
      for (_, property) in index[id].properties {
        properties.insert(property)
        properties.formUnion(Conjunction([property], in: index).all.map(\.id))
      }
    }
    for id in index.order where !properties.contains(id) {
      let schema = index[id]
      for (keyword, isSet) in [("readOnly", schema.readOnly), ("writeOnly", schema.writeOnly)] where isSet {
        refuse(keyword, "'\(keyword)' cannot be enforced here: it is for properties of objects", schema, &diagnostics)
      }
    }
  }

  private func refuse(_ keyword: String, _ message: String, _ schema: Schema, _ diagnostics: inout Diagnostics) {
    diagnostics.error("unsupported-keyword", at: schema.keywordLocations[keyword] ?? schema.location, message)
  }
}
