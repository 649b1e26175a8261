internal import CTSpec

extension LintRule {
  static let discriminatorMapping = LintRule(
    "discriminator-mapping", .error,
    asks: "A discriminator's `mapping` names every branch, and every value that its property may have.",
    because: "A value without a branch is refused although the schema seems to allow it."
  ) { subject, report in
    for schema in subject.schemas {
      guard let rule = schema.discriminator else { continue }
      let written = Set((schema.node["discriminator"]?["mapping"]?.members ?? []).map { ExactString($0.key) })
      for (value, _) in rule.mapping where !written.contains(ExactString(value)) {
        report.found(at: rule.location, "the branch '\(value)' is not named in 'mapping'")
      }
      let mapped = Set(rule.mapping.map { ExactString($0.value) })
      let whole = Conjunction([schema.id], in: subject.index)
      guard let property = whole.properties.first(where: { $0.name == rule.propertyName }) else { continue }
      for value in Conjunction(property.schemas, in: subject.index).values ?? [] {
        guard let text = value.string, !mapped.contains(ExactString(text)) else { continue }
        report.found(
          at: value.location, "'\(text)' is a value of '\(rule.propertyName)', and selects no branch",
          suggestion: "add it to 'mapping'")
      }
    }
  }
}
