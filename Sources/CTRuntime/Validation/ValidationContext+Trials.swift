public import CTJSON

extension ValidationContext {
  /// The state before a subschema whose outcome is asked for, not its violations: a branch of `anyOf`, `not`, `if`.
  public struct Trial {
    let faultCount: Int
    let edits: Int
    /// Where the outcome is to be kept.
    var place: TrialPlace?
    var known: TrialOutcome?

    /// Whether the subschema has been asked about this value before, and need not be again.
    public var isKnown: Bool { known != nil }
  }

  public mutating func beginTrial() -> Trial {
    trialDepth += 1
    return Trial(faultCount: faultCount, edits: redaction?.edits.count ?? 0)
  }

  /// A trial of which the outcome is kept. Where several subschemas lead back to the same, each level of a value would
  /// otherwise double the work.
  /// - Parameter schema: a number that the subschema alone has.
  public mutating func beginTrial(of schema: UInt64, _ json: inout JSONReader) -> Trial {
    var trial = beginTrial()
    let place = TrialPlace(schema: schema, offset: json.valueStart(), isRedacted: redaction != nil)
    trial.place = place
    trial.known = outcomes?[place]
    return trial
  }

  /// Whether the subschema accepted the value. What it wanted redacted is kept where it did.
  public mutating func endTrial(_ trial: Trial) -> Bool {
    trialDepth -= 1
    if let known = trial.known {
      redaction?.edits += known.edits
      return known.isAccepted
    }
    let accepted = faultCount == trial.faultCount
    faultCount = trial.faultCount
    if !accepted, let count = redaction?.edits.count { redaction?.edits.removeLast(count - trial.edits) }
    if let place = trial.place {
      let outcome = TrialOutcome(isAccepted: accepted, edits: Array(redaction?.edits[trial.edits...] ?? []))
      outcomes = outcomes ?? [:]
      outcomes?[place] = outcome
    }
    return accepted
  }
}

/// A subschema at a value.
struct TrialPlace: Hashable {
  let schema: UInt64
  let offset: Int
  /// Whether what the subschema wants redacted was noted.
  let isRedacted: Bool
}

/// What a subschema says of a value.
struct TrialOutcome {
  let isAccepted: Bool
  /// What it wants redacted.
  let edits: [RedactionPlan.Edit]
}
