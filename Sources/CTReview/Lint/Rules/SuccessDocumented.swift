internal import CTSpec

extension LintRule {
  static let successDocumented = LintRule(
    "success-documented", .error, asks: "An operation documents what it answers when all is well.",
    because: "An operation that can only fail is none."
  ) { subject, report in
    for operation in subject.operations where operation.responses.allSatisfy({ $0.status.isError }) {
      report.found(at: operation.location, "\(operation.title) documents no status below 400")
    }
  }
}
