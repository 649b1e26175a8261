internal import CTSpec

extension LintRule {
  static let responseObjectClosed = LintRule(
    "closed-response-object", .warning,
    asks: "An object in an answer says `additionalProperties: false`, or `unevaluatedProperties: false`.",
    because: "Otherwise an undeclared field, which may be private, passes every check."
  ) { subject, report in
    for schema in subject.schemas where subject.responseSchemas.contains(schema.id) {
      guard schema.types?.contains(.object) == true else { continue }
      let whole = Conjunction([schema.id], in: subject.index)
      if whole.values != nil || whole.members.contains(where: { $0.hasMemberRule }) { continue }
      report.found(
        at: schema.location(of: "type"), "this object is part of an answer and allows any property",
        suggestion: "add 'additionalProperties: false'")
    }
  }
}

extension Schema {
  /// Whether something is said of members that are not declared; also a schema for them closes the object enough.
  fileprivate var hasMemberRule: Bool { additionalProperties != nil || unevaluatedProperties != nil }
}
