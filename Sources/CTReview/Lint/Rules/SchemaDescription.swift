internal import CTSpec

extension LintRule {
  static let schemaDescription = LintRule(
    "schema-description", .error, asks: "Schemas with a name (components, files, `$defs`) have a `description`.",
    because: "It becomes the documentation of the generated type."
  ) { subject, report in
    for (name, schema) in subject.namedSchemas where !subject.isDescribed(schema.id) {
      report.found(at: schema.location, "the schema '\(name)' has no 'description'")
    }
  }
}
