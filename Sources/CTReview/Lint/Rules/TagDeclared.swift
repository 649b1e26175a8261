internal import CTSpec

extension LintRule {
  static let tagDeclared = LintRule(
    "tag-declared", .error, asks: "A tag that an operation names is declared, with a description.",
    because: "A misspelt tag is a group of its own."
  ) { subject, report in
    let declared = subject.document.tags.map(\.name)
    for operation in subject.operations {
      for tag in operation.tags where !declared.contains(tag) {
        report.found(
          at: operation.location, "the tag '\(tag)' of \(operation.title) is not declared under 'tags'",
          suggestion: EditDistance.suggestion(for: tag, among: declared))
      }
    }
    for tag in subject.document.tags where tag.description?.isEmpty != false {
      report.found(at: tag.location, "the tag '\(tag.name)' has no description")
    }
  }
}
