/// One thing that a deployment has to do, and how to see whether it does.
package struct Check: Sendable {
  /// What has to be there before a check can say anything.
  package struct Needs: Sendable {
    /// By name, as in `--token-NAME`.
    package var tokens: [String] = []
    package var secret = false
    /// It sends something that the deployment keeps: not done with `--read-only`.
    package var writes = false
    /// Checks without which this one means nothing: when one of them did not pass, this one is skipped.
    package var passed: [String] = []

    package init(tokens: [String] = [], secret: Bool = false, writes: Bool = false, passed: [String] = []) {
      self.tokens = tokens
      self.secret = secret
      self.writes = writes
      self.passed = passed
    }
  }

  /// Stable, in kebab-case; begins with the suite's name.
  package let id: String
  package let suite: Suite
  package let severity: Severity
  /// What holds when it passes, in a few words.
  package let title: String
  /// What is expected, as the console shows it.
  package let expectation: String
  /// The part of the spec that says so.
  package let clause: Clause
  package let needs: Needs
  /// It mostly waits: it is started with the run, beside the others, and tells at the end.
  package let waits: Bool
  package let run: @Sendable (CheckContext) async throws(CannotRun) -> Void

  package init(
    _ id: String, _ suite: Suite, severity: Severity = .error, title: String, expects expectation: String,
    clause: Clause, needs: Needs = Needs(), waits: Bool = false,
    run: @escaping @Sendable (CheckContext) async throws(CannotRun) -> Void
  ) {
    self.id = id
    self.suite = suite
    self.severity = severity
    self.title = title
    self.expectation = expectation
    self.clause = clause
    self.needs = needs
    self.waits = waits
    self.run = run
  }
}
