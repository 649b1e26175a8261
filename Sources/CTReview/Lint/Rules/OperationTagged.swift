internal import CTSpec

extension LintRule {
  static let operationTagged = LintRule(
    "operation-tagged", .warning, asks: "An operation has at least one tag.",
    because: "Documentation is grouped by tags."
  ) { subject, report in
    for operation in subject.operations where operation.tags.isEmpty {
      report.found(at: operation.location, "\(operation.title) has no tag")
    }
  }
}
