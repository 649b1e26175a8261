internal import CTSpec

extension LintRule {
  static let exampleValid = LintRule(
    "example-invalid", .error, asks: "Examples and defaults are what they are examples of.",
    because: "They are what people copy first."
  ) { subject, report in
    for finding in ExampleLint.examplesValidate(subject.document) {
      report.found(at: finding.location, finding.message, suggestion: finding.suggestion)
    }
  }
}
