/// What readers of a report are told about a rule.
package struct RuleDescription: Hashable, Sendable {
  /// Stable, in kebab-case.
  package var id: String
  /// How findings count unless somebody says otherwise.
  package var severity: Diagnostic.Severity
  /// What the rule asks for, as a sentence.
  package var summary: String
  /// Why, as a sentence or two.
  package var reason: String

  package init(id: String, severity: Diagnostic.Severity, summary: String, reason: String) {
    self.id = id
    self.severity = severity
    self.summary = summary
    self.reason = reason
  }
}
