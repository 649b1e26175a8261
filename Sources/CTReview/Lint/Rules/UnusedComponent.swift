internal import CTSpec

extension LintRule {
  static let unusedComponent = LintRule(
    "unused-component", .warning, asks: "A component is used by an operation, directly or by way of others.",
    because: "What nothing refers to promises something that no operation keeps."
  ) { subject, report in
    for (section, _) in subject.members(at: "/components") where !section.key.hasPrefix("x-") {
      for (member, id) in subject.members(at: JSONPointer.appending(section.key, to: "/components")) {
        if subject.references.isUsed(id) { continue }
        report.found(at: member.keyLocation, "nothing uses '\(member.key)' of components/\(section.key)")
      }
    }
  }
}
