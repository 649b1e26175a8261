internal import CTSpec

extension LintRule {
  static let parameterNameCase = LintRule(
    "parameter-name-case", .warning,
    asks: "Parameters of path, query and cookie are lowerCamelCase; headers are written like `X-Request-Id`.",
    because: "Callers should not have to look up which way it was this time."
  ) { subject, report in
    for parameter in subject.parameters {
      let isHeader = parameter.placement == .header
      if isHeader ? NameStyle.isHeaderName(parameter.name) : NameStyle.isLowerCamelCase(parameter.name) { continue }
      let style = isHeader ? "written like 'X-Request-Id'" : "lowerCamelCase"
      report.found(
        at: parameter.location, "the \(parameter.placement.rawValue) parameter '\(parameter.name)' is not \(style)")
    }
  }
}
