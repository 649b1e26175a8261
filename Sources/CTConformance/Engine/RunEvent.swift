/// What happens in a run, in order. Reporters are consumers of these and of nothing else.
package enum RunEvent: Sendable {
  case runStarted(RunDescription)
  case checkStarted(CheckDescription)
  /// A request and what came back.
  case exchanged(Exchange)
  /// A finding; `isNew` is false where one with the same cause was found before.
  case found(Finding, isNew: Bool)
  case checkFinished(CheckResult)
  /// Something that the coverage table has to name.
  case notReached(CoverageGap)
  case runFinished(RunSummary)
}

/// What a run is about.
package struct RunDescription: Sendable {
  package let url: String
  package let specFile: String
  package let specTitle: String
  package let specVersion: String
  package let runID: String
  /// What all ids begin with that this run makes.
  package let idPrefix: String
  package let checkCount: Int
}

/// A check without what it does, resolved against the spec.
package struct CheckDescription: Sendable {
  package let id: String
  package let suite: Suite
  package let severity: Severity
  package let title: String
  package let expectation: String
  /// Nil where the spec has no such clause.
  package let clause: ClauseReference?
}

/// One request with its response, as a reporter and a coverage table need it.
package struct Exchange: Sendable {
  package let check: String
  /// `POST /events`, by the spec's own path template; nil for what the spec does not declare.
  package let operation: String?
  /// What the request tries, such as `maxLength of /eventId + 1`.
  package let label: String
  package let keyword: String?
  package let method: String
  package let target: String
  /// Nil when no response came.
  package let status: Int?
  package let milliseconds: Double
}

/// Something that the spec has and no request of the run has reached.
package struct CoverageGap: Sendable, Hashable {
  package let operation: String
  /// A status, a keyword, or a kind of case.
  package let what: String
  package let why: String
}

/// How a check ended.
package struct CheckResult: Sendable {
  package let check: CheckDescription
  package let outcome: Outcome
  /// What was seen, where it is worth showing.
  package let seen: String?
  /// Requests that were judged.
  package let cases: Int
  package let milliseconds: Double
}

/// The end of a run.
package struct RunSummary: Sendable {
  package let passed: Int
  package let failed: Int
  /// How many were skipped for each kind of reason, most first.
  package let skipped: [(kind: String, count: Int)]
  package let cases: Int
  package let findings: [FindingLedger.Entry]
  /// How often a request was answered 429, and sent again later.
  package let throttled: Int
  package let milliseconds: Double
  /// Why the run ended before its time.
  package let abortedBy: CannotRun?

  /// 0 conforms, 1 findings, 2 could not run.
  package var exitCode: Int32 {
    if abortedBy != nil { return 2 }
    if findings.contains(where: { $0.finding.severity > .note }) || failed > 0 { return 1 }
    return passed > 0 ? 0 : 2
  }
}
