internal import CTSpec

extension LintRule {
  static let requiredDeclared = LintRule(
    "required-declared", .error, asks: "What `required` names is declared under `properties`.",
    because: "A misspelt name asks every sender for something that nobody can send."
  ) { subject, report in
    for schema in subject.schemas where schema.types?.contains(.object) == true && !schema.required.isEmpty {
      let whole = Conjunction([schema.id], in: subject.index)
      if whole.members.contains(where: { !$0.patternProperties.isEmpty || !$0.anyOf.isEmpty || !$0.oneOf.isEmpty }) {
        continue
      }
      let declared = whole.properties.map(\.name)
      for element in schema.node["required"]?.elements ?? [] {
        guard let name = element.string, !declared.contains(name) else { continue }
        report.found(
          at: element.location, "'\(name)' is required and is not declared under 'properties'",
          suggestion: EditDistance.suggestion(for: name, among: declared))
      }
    }
  }
}
