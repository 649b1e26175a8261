internal import CTSpec

extension LintRule {
  static let operationSummary = LintRule(
    "operation-summary", .error, asks: "An operation has a `summary`: a few words on one line, without a full stop.",
    because: "It is the title in every list of operations."
  ) { subject, report in
    for operation in subject.operations {
      guard let summary = operation.summary, !summary.isEmpty else {
        report.found(at: operation.location, "\(operation.title) has no 'summary'")
        continue
      }
      if summary.count > 80 || summary.contains(where: \.isNewline) {
        report.found(at: operation.location, "the summary of \(operation.title) is longer than a line of 80 characters")
      }
      if summary.hasSuffix(".") {
        report.found(at: operation.location, "the summary of \(operation.title) ends with a full stop")
      }
    }
  }
}
