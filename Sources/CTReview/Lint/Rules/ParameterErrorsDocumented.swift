internal import CTSpec

extension LintRule {
  static let parameterErrorsDocumented = LintRule(
    "parameter-errors-documented", .error, asks: "An operation with parameters documents 400.",
    because: "A parameter can be missing or break its schema."
  ) { subject, report in
    for operation in subject.operations where !operation.parameters.isEmpty && !operation.documents(400) {
      report.found(at: operation.location, "\(operation.title) has parameters and does not document 400")
    }
  }
}
