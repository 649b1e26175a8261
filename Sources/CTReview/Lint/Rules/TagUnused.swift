internal import CTSpec

extension LintRule {
  static let tagUnused = LintRule(
    "tag-unused", .warning, asks: "A declared tag is on some operation.",
    because: "Otherwise it is a heading with nothing below it."
  ) { subject, report in
    let used = Set(subject.operations.flatMap(\.tags))
    for tag in subject.document.tags where !used.contains(tag.name) {
      report.found(at: tag.location, "no operation has the tag '\(tag.name)'")
    }
  }
}
