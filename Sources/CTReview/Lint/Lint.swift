package import CTSpec

/// Judges the style of a description that has no faults.
package enum Lint {
  /// Everything that the rules find under a configuration, by place.
  package static func check(_ document: OpenAPIDocument, _ configuration: LintConfiguration = .init()) -> [Diagnostic] {
    let subject = LintSubject(document)
    var diagnostics = Diagnostics()
    for rule in LintRules.all {
      guard let severity = configuration.severity(of: rule) else { continue }
      var findings = LintFindings(rule: rule, severity: severity)
      rule.check(subject, &findings)
      for diagnostic in findings.diagnostics { diagnostics.append(diagnostic) }
    }
    return configuration.withoutExceptions(diagnostics.sorted, documents: document.index.documents)
  }
}
