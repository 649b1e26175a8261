internal import CTSpec

extension LintRule {
  static let numberBounds = LintRule(
    "number-bounds", .warning, asks: "A number has a least and a greatest value.",
    because: "Whoever stores or shows it needs to know how large it can be."
  ) { subject, report in
    for schema in subject.schemas {
      guard let types = schema.types, types.contains(.integer) || types.contains(.number) else { continue }
      let whole = Conjunction([schema.id], in: subject.index)
      guard whole.values == nil else { continue }
      let hasLower = whole.members.contains { $0.minimum != nil || $0.exclusiveMinimum != nil }
      let hasUpper = whole.members.contains { $0.maximum != nil || $0.exclusiveMaximum != nil }
      let missing = (hasLower ? [] : ["'minimum'"]) + (hasUpper ? [] : ["'maximum'"])
      if missing.isEmpty { continue }
      report.found(at: schema.location(of: "type"), "this number has no \(missing.joined(separator: " and no "))")
    }
  }
}
