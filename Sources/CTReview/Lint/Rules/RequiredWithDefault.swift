internal import CTSpec

extension LintRule {
  static let requiredWithDefault = LintRule(
    "required-with-default", .warning, asks: "What has a `default` is not required.",
    because: "The default could never be used."
  ) { subject, report in
    for parameter in subject.parameters where parameter.required {
      guard let value = Conjunction([parameter.schema], in: subject.index).defaultValue else { continue }
      report.found(at: value.location, "the parameter '\(parameter.name)' is required and has a default")
    }
    for schema in subject.schemas {
      for (name, id) in schema.properties where schema.required.contains(name) {
        guard let value = subject.index[id].defaultValue else { continue }
        report.found(at: value.location, "the property '\(name)' is required and has a default")
      }
    }
  }
}
