internal import CTSpec

extension LintRule {
  static let unusedDefinition = LintRule(
    "unused-definition", .warning, asks: "A schema in `$defs` is used.",
    because: "What nothing refers to is not enforced anywhere."
  ) { subject, report in
    for schema in subject.schemas {
      for (name, id) in schema.defs where !subject.references.isReferenced(id) {
        report.found(at: subject.index[id].location, "nothing uses '\(name)' of '$defs'")
      }
    }
  }
}
