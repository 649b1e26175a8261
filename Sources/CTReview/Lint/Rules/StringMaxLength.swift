internal import CTSpec

extension LintRule {
  static let stringMaxLength = LintRule(
    "string-max-length", .warning,
    asks: "A string has a `maxLength`, unless `enum`, `const` or a format of bounded length says how long it can be.",
    because: "What has no bound is a way to exhaust whoever keeps it."
  ) { subject, report in
    let bounded: Set<String> = ["date-time", "date", "time", "uuid", "ipv4", "ipv6", "hostname"]
    for schema in subject.schemas where schema.types?.contains(.string) == true {
      let whole = Conjunction([schema.id], in: subject.index)
      if whole.values != nil || whole.members.contains(where: { $0.maxLength != nil }) { continue }
      if !whole.formats.isDisjoint(with: bounded) { continue }
      report.found(at: schema.location(of: "type"), "this string has no 'maxLength'")
    }
  }
}
