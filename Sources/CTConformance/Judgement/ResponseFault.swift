/// What is wrong with one response.
struct ResponseFault: Sendable {
  /// The rule that is broken: a check's id, or one of the rules for every response.
  let rule: String
  let severity: Severity
  let message: String
  let expected: String
  let seen: String
  /// Nil where the check's own clause says it.
  let clause: ClauseReference?
}
