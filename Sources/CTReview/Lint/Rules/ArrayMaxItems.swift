internal import CTSpec

extension LintRule {
  static let arrayMaxItems = LintRule(
    "array-max-items", .warning, asks: "An array has `maxItems`.",
    because: "What has no bound is a way to exhaust whoever keeps it."
  ) { subject, report in
    for schema in subject.schemas where schema.types?.contains(.array) == true {
      let whole = Conjunction([schema.id], in: subject.index)
      if whole.values != nil || whole.members.contains(where: { $0.maxItems != nil }) { continue }
      report.found(at: schema.location(of: "type"), "this array has no 'maxItems'")
    }
  }
}
