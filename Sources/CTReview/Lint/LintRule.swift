package import CTSpec

/// One rule of style: what it asks, why, and how it is checked.
///
/// Faults that make a spec unusable are no rules: the loader reports them, and nobody can switch them off.
package struct LintRule: Sendable {
  package let description: RuleDescription
  let check: @Sendable (LintSubject, inout LintFindings) -> Void

  package var id: String { description.id }

  init(
    _ id: String, _ severity: Diagnostic.Severity, asks summary: String, because reason: String,
    check: @escaping @Sendable (LintSubject, inout LintFindings) -> Void
  ) {
    description = RuleDescription(id: id, severity: severity, summary: summary, reason: reason)
    self.check = check
  }
}

/// Collects what one rule finds.
struct LintFindings {
  let rule: LintRule
  let severity: Diagnostic.Severity
  private(set) var diagnostics: [Diagnostic] = []

  init(rule: LintRule, severity: Diagnostic.Severity) {
    self.rule = rule
    self.severity = severity
  }

  mutating func found(at location: SourceLocation, _ message: String, suggestion: String? = nil) {
    diagnostics.append(Diagnostic(severity, id: rule.id, at: location, message, suggestion: suggestion))
  }
}
