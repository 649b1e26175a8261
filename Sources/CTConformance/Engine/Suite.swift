/// A group of checks that are run together.
package enum Suite: String, Sendable, CaseIterable {
  case smoke, contract, auth, state, idempotency, immutability, taxonomy, drift, limits
}

/// How much a finding weighs.
package enum Severity: String, Sendable, CaseIterable, Comparable {
  /// Worth knowing; does not make a run fail.
  case note
  /// Not what the spec says, but nothing is lost or leaked by it.
  case warning
  /// A caller that relies on the spec is let down.
  case error

  package static func < (a: Self, b: Self) -> Bool { a.rank < b.rank }

  private var rank: Int {
    switch self {
    case .note: 0
    case .warning: 1
    case .error: 2
    }
  }
}
