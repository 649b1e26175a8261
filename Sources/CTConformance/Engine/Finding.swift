internal import CTSpec

/// Something the deployment does that the spec does not say.
package struct Finding: Sendable {
  /// The check or the rule that is broken.
  package let check: String
  package let severity: Severity
  /// The clause of the spec that is broken.
  package let clause: ClauseReference
  /// What is wrong, in one sentence.
  package let message: String
  package let expected: String
  package let seen: String
  /// Shell commands that show it, by themselves.
  package let reproduction: String
  /// The check during which it was met.
  package let metBy: String

  /// What two findings with one cause have in common.
  package var cause: Cause { Cause(check: check, clause: clause, message: message) }

  package struct Cause: Hashable, Sendable {
    let check: String
    let clause: ClauseReference
    let message: String
  }
}

/// Findings by cause: the same fault met by forty cases is one entry with a count.
package struct FindingLedger: Sendable {
  package struct Entry: Sendable {
    package let finding: Finding
    package var count: Int
  }

  package private(set) var entries: [Entry] = []
  private var places: [Finding.Cause: Int] = [:]

  package init() {}

  /// Whether the cause is new.
  package mutating func add(_ finding: Finding) -> Bool {
    if let place = places[finding.cause] {
      entries[place].count += 1
      return false
    }
    places[finding.cause] = entries.count
    entries.append(Entry(finding: finding, count: 1))
    return true
  }

  /// Whether there is one that makes the run fail.
  package var isFailing: Bool { entries.contains { $0.finding.severity > .note } }
}
