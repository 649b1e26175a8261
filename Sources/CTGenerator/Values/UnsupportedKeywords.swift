internal import CTSpec

/// Refuses what the loader takes and generated code would not enforce: a keyword is never dropped in silence.
struct UnsupportedKeywords {
  let index: SpecIndex

  func check(_ diagnostics: inout Diagnostics) {
    for id in index.order { check(index[id], &diagnostics) }
  }

  private func check(_ schema: Schema, _ diagnostics: inout Diagnostics) {
    if schema.discriminator != nil, schema.types != [.object] {
      refuse("discriminator", "a discriminator is for objects: write 'type: object' beside it", schema, &diagnostics)
    }
  }

  /// In a document, `readOnly` and `writeOnly` say which way a property goes; elsewhere nothing would enforce them.
  func checkDirections(_ diagnostics: inout Diagnostics) {
    guard index.order.contains(where: { index[$0].readOnly || index[$0].writeOnly }) else { return }
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
