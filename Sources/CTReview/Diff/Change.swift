package import CTSpec

/// One change between two documents.
package struct Change: Hashable, Sendable {
  package var rule: DiffRule
  /// Such as `POST /events`.
  package var operation: String
  package var message: String
  /// What was changed, in the old document; for an addition, what it was added to.
  package var old: SourceLocation
  /// What it was changed to, in the new document; for a removal, what it was removed from.
  package var new: SourceLocation

  /// An error, warning or note at the new place, with the old one beside it.
  package var finding: Finding {
    let text = operation.isEmpty ? message : "\(operation): \(message)"
    return Finding(
      Diagnostic(rule.impact.severity, id: rule.id, at: new, "\(rule.impact.rawValue): \(text)"),
      related: [.init(old, "before the change")],
      facts: [.init("impact", rule.impact.rawValue), .init("operation", operation)])
  }
}

extension Change: Comparable {
  /// Breaking ones first, then by place.
  package static func < (a: Self, b: Self) -> Bool {
    (a.order, a.new, a.rule.id, a.message, a.old) < (b.order, b.new, b.rule.id, b.message, b.old)
  }

  private var order: Int { Impact.allCases.firstIndex(of: rule.impact) ?? 0 }
}
