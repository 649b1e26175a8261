package import CTSpec

/// What a change means for those who are there already.
package enum Impact: String, Hashable, Sendable, CaseIterable {
  /// What worked stops working, or what was private stops being so.
  case breaking
  /// Somebody may be surprised; a person should look.
  case risky
  case safe

  package var severity: Diagnostic.Severity {
    switch self {
    case .breaking: .error
    case .risky: .warning
    case .safe: .note
    }
  }
}

/// One kind of change.
package struct DiffRule: Hashable, Sendable {
  package let id: String
  package let impact: Impact
  /// What the change is.
  package let summary: String
  /// Why it counts as it does.
  package let reason: String

  init(_ id: String, _ impact: Impact, _ summary: String, because reason: String) {
    self.id = id
    self.impact = impact
    self.summary = summary
    self.reason = reason
  }

  package var description: RuleDescription {
    RuleDescription(id: id, severity: impact.severity, summary: summary, reason: reason)
  }
}

/// The same difference in what is sent and in what is answered, where it means different things.
struct SidedRule: Sendable {
  let request: DiffRule
  let response: DiffRule

  subscript(side: Side) -> DiffRule { side == .request ? request : response }
}

/// Who has to live with a schema: those who send by it, or those who read by it.
package enum Side: String, Hashable, Sendable {
  case request, response
}
