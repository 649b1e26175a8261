internal import CTSpec

extension LintRule {
  static let parameterDescription = LintRule(
    "parameter-description", .error, asks: "Parameters and response headers have a `description`.",
    because: "A name and a type do not say what a value does."
  ) { subject, report in
    for parameter in subject.parameters where parameter.description?.isEmpty != false {
      report.found(
        at: parameter.location, "the \(parameter.placement.rawValue) parameter '\(parameter.name)' has no 'description'"
      )
    }
    for header in subject.headers where header.description?.isEmpty != false {
      report.found(at: header.location, "the header '\(header.name)' has no 'description'")
    }
  }
}
