/// The result of one run of a command, for people and for programs. The same findings give the same bytes.
package struct Report: Sendable {
  package enum Format: String, Sendable, CaseIterable {
    /// `file:line:column: severity: message [rule-id]`, as editors and compilers read it.
    case text
    /// One object with all findings.
    case json
    /// Workflow commands that GitHub Actions shows beside the lines of a pull request.
    case github
    /// SARIF 2.1.0 (OASIS), for code scanning.
    case sarif
  }

  /// The command that made it, such as `lint`.
  package var command: String
  /// What is known of the rules that the findings name; a finding may name others.
  package var rules: [RuleDescription]
  /// In the order in which they are shown.
  package var findings: [Finding]
  /// The last line for people; `nil`: none.
  package var summary: String?
  /// Whether the command could do what it was asked for, whatever it found.
  package var couldRun: Bool

  package init(
    command: String, rules: [RuleDescription] = [], findings: [Finding], summary: String? = nil, couldRun: Bool = true
  ) {
    self.command = command
    self.rules = rules
    self.findings = findings
    self.summary = summary
    self.couldRun = couldRun
  }

  package func count(_ severity: Diagnostic.Severity) -> Int {
    findings.count { $0.diagnostic.severity == severity }
  }

  /// The whole report; empty, or with a line break at its end.
  package func rendered(_ format: Format) -> [UInt8] {
    switch format {
    case .text: TextReporter.render(self)
    case .json: JSONReporter.render(self)
    case .github: GitHubReporter.render(self)
    case .sarif: SARIFReporter.render(self)
    }
  }
}
