/// How one check ended.
package enum Outcome: Sendable, Hashable {
  case passed
  /// With how many findings, repeated causes included.
  case failed(findings: Int)
  case skipped(SkipReason)
}

/// Why a check says nothing. It is counted and named, and never taken for passed.
package enum SkipReason: Sendable, Hashable, CustomStringConvertible {
  /// The spec has not got what it is about.
  case notInSpec(String)
  /// These options would be needed.
  case missing([String])
  case readOnly
  /// Another check did not pass.
  case prerequisite(String)
  /// The run ended before, and why.
  case over(String)
  /// Found out on the way.
  case notApplicable(String)

  package var description: String {
    switch self {
    case .notInSpec(let what): "not in the spec: \(what)"
    case .missing(let options): "needs \(options.joined(separator: ", "))"
    case .readOnly: "it writes, and --read-only is set"
    case .prerequisite(let id): "\(id) did not pass"
    case .over(let why): "not run: \(why)"
    case .notApplicable(let why): why
    }
  }

  /// In a word, to count by.
  package var kind: String {
    switch self {
    case .notInSpec: "not in the spec"
    case .missing: "without a token or secret"
    case .readOnly: "read-only"
    case .prerequisite: "after a failure"
    case .over: "not run"
    case .notApplicable: "not applicable"
    }
  }
}

/// Why a run could not be carried out, so that it says nothing about the deployment. Exit status 2.
package enum CannotRun: Error, Sendable, CustomStringConvertible {
  /// A wrong command line.
  case usage(String)
  /// Something that was not given, with what to do about it.
  case missing(String)
  /// A spec that cannot be read, with every fault.
  case spec(String)
  /// No connection; with the client's words.
  case unreachable(String)
  /// It will not answer as often as it was asked, even slowly.
  case throttled(String)
  /// Nothing was left to check.
  case nothingToCheck
  /// Enough is known: the run ends here with what it has found.
  case over

  package var description: String {
    switch self {
    case .usage(let text), .missing(let text), .unreachable(let text), .throttled(let text): text
    case .spec(let faults): "the spec cannot be used:\n\(faults)"
    case .nothingToCheck: "no check was carried out: all were left out or skipped"
    case .over: "the run is over"
    }
  }
}
