/// Whether what a discriminator selects can be valid at all: a branch that fixes the property to another value never is.
enum DiscriminatorCheck {
  static func check(_ schemas: [SchemaID: Schema], order: [SchemaID], _ diagnostics: inout Diagnostics) {
    for id in order {
      guard let rule = schemas[id]?.discriminator else { continue }
      var seen: Set<ExactString> = []
      for (value, branch) in rule.mapping {
        if !seen.insert(ExactString(value)).inserted {
          diagnostics.error(
            "discriminator-branch", at: rule.location, "'\(value)' selects two branches", suggestion: "write 'mapping'")
        }
        check(value, of: rule.propertyName, target(branch, schemas), schemas, rule.location, &diagnostics)
      }
    }
  }

  private static func target(_ branch: SchemaID, _ schemas: [SchemaID: Schema]) -> Schema? {
    schemas[branch].flatMap { $0.ref.flatMap { schemas[$0] } ?? $0 }
  }

  private static func check(
    _ value: String, of name: String, _ branch: Schema?, _ schemas: [SchemaID: Schema], _ location: SourceLocation,
    _ diagnostics: inout Diagnostics
  ) {
    guard let property = branch?.properties.first(where: { $0.name == name }), let schema = schemas[property.schema]
    else { return }
    let allowed = schema.enumValues ?? schema.const.map { [$0] } ?? []
    guard !allowed.isEmpty, !allowed.contains(where: { $0.string == value }) else { return }
    diagnostics.error(
      "discriminator-branch", at: schema.location,
      "the discriminator selects this branch by '\(value)', which '\(name)' cannot be here (see \(location))",
      suggestion: allowed.first?.string.map { "add '\($0)' to its 'mapping'" })
  }
}
