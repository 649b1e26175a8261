internal import CTSpec

extension LintRule {
  static let propertyNameCase = LintRule(
    "property-name-case", .warning, asks: "Properties are lowerCamelCase.",
    because: "Senders and readers should not have to look up which way it was this time."
  ) { subject, report in
    for schema in subject.schemas {
      for member in schema.node["properties"]?.members ?? [] where !NameStyle.isLowerCamelCase(member.key) {
        report.found(at: member.keyLocation, "the property '\(member.key)' is not lowerCamelCase")
      }
    }
  }
}
