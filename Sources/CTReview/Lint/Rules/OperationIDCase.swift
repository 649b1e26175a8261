internal import CTSpec

extension LintRule {
  static let operationIDCase = LintRule(
    "operation-id-case", .error, asks: "An `operationId` is lowerCamelCase.",
    because: "It names a method in generated code."
  ) { subject, report in
    for operation in subject.operations where !NameStyle.isLowerCamelCase(operation.id) {
      report.found(at: operation.location, "the operationId '\(operation.id)' is not lowerCamelCase")
    }
  }
}
