internal import CTSpec

extension DiffRule {
  static let variantRemoved = SidedRule(
    request: DiffRule(
      "request-variant-removed", .breaking,
      "A branch of `oneOf` or `anyOf`, such as an event type of the taxonomy, may no longer be sent.",
      because: "Callers send it."),
    response: DiffRule(
      "response-variant-removed", .safe, "A branch of `oneOf` or `anyOf` is no longer answered.",
      because: "Readers were told of more."))
  static let variantAdded = SidedRule(
    request: DiffRule(
      "request-variant-added", .safe,
      "A branch of `oneOf` or `anyOf`, such as an event type of the taxonomy, may be sent too.",
      because: "Nobody has to send it."),
    response: DiffRule(
      "response-variant-added", .risky, "A branch of `oneOf` or `anyOf` may be answered too.",
      because: "Readers meet something that they do not know."))

  static let variantRules = [variantRemoved, variantAdded].flatMap { [$0.request, $0.response] }
}

extension DiffRun {
  mutating func compareVariants(_ old: Conjunction, _ new: Conjunction, _ place: Place) {
    for keyword in ["oneOf", "anyOf"] {
      let (before, after) = (old.variants(keyword, in: self.old), new.variants(keyword, in: self.new))
      // One side without branches allows anything in this respect: that is another constraint, not other branches.
      if before.isEmpty || after.isEmpty { continue }
      for variant in before {
        if let match = after.first(where: { $0.name == variant.name }) {
          compare([variant.schema], [match.schema], place)
        } else {
          report(
            DiffRule.variantRemoved[place.side], place, "the branch '\(variant.name)' is gone",
            old: self.old[variant.schema].location, new: new.location(of: keyword))
        }
      }
      for variant in after where !before.contains(where: { $0.name == variant.name }) {
        report(
          DiffRule.variantAdded[place.side], place, "the branch '\(variant.name)' is new",
          old: old.location(of: keyword), new: self.new[variant.schema].location)
      }
    }
  }
}

extension Conjunction {
  /// Branches with names to know them by: the discriminator's value, the name of the schema that is referenced, the
  /// title, or else the place.
  fileprivate func variants(_ keyword: String, in index: SpecIndex) -> [(name: String, schema: SchemaID)] {
    members.flatMap { member -> [(name: String, schema: SchemaID)] in
      let branches = keyword == "oneOf" ? member.oneOf : member.anyOf
      if let rule = member.discriminator, keyword == "oneOf" || member.oneOf.isEmpty {
        return rule.mapping.map { ($0.value, $0.schema) }
      }
      return branches.enumerated().map { place, id in
        let branch = index[id]
        let referenced = branch.ref.flatMap { JSONPointer.lastToken(of: $0.pointer) ?? $0.file }
        return (referenced ?? branch.title ?? "\(keyword) \(place + 1)", id)
      }
    }
  }
}
