internal import CTSpec

extension LintRule {
  static let operationDescription = LintRule(
    "operation-description", .error, asks: "An operation has a `description`.",
    because: "What it does, when it refuses and what is safe to repeat is told nowhere else."
  ) { subject, report in
    for operation in subject.operations where operation.description?.isEmpty != false {
      report.found(at: operation.location, "\(operation.title) has no 'description'")
    }
  }
}
