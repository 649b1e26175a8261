package import CTJSON

/// Failed workflows on protected branches.
package struct CISection: Codable, Hashable, Sendable {
  package struct Repository: Codable, Hashable, Sendable {
    package var repo: String
    /// Workflow runs that failed in the period.
    package var failures: Int
    package var failures7d: Figure
    package var lastJob: String
    package var lastUrl: String
    package var lastAt: Timestamp

    package init(
      repo: String, failures: Int, failures7d: Figure, lastJob: String, lastUrl: String, lastAt: Timestamp
    ) {
      self.repo = repo
      self.failures = failures
      self.failures7d = failures7d
      self.lastJob = lastJob
      self.lastUrl = lastUrl
      self.lastAt = lastAt
    }
  }

  package var failures: Figure
  package var failures7d: Figure
  /// Most failures in 7 days first.
  package var repositories: [Repository]
  package var repositoriesOmitted: Int
  /// Silence of GitHub is no good news; `nil` while it was never heard.
  package var githubLastHeartbeat: Timestamp?

  package init(
    failures: Figure, failures7d: Figure, repositories: [Repository], repositoriesOmitted: Int = 0,
    githubLastHeartbeat: Timestamp?
  ) {
    self.failures = failures
    self.failures7d = failures7d
    self.repositories = repositories
    self.repositoriesOmitted = repositoriesOmitted
    self.githubLastHeartbeat = githubLastHeartbeat
  }
}

/// Function errors, and what waits for a person.
package struct ExceptionsSection: Codable, Hashable, Sendable {
  /// Errors of one function with one severity.
  package struct Signature: Codable, Hashable, Sendable {
    package var fnName: String
    package var severity: String
    /// In the period.
    package var errors: Int
    /// In 7 days; `previous` is the 7 days before them.
    package var errors7d: Figure
    package var lastAt: Timestamp

    package init(fnName: String, severity: String, errors: Int, errors7d: Figure, lastAt: Timestamp) {
      self.fnName = fnName
      self.severity = severity
      self.errors = errors
      self.errors7d = errors7d
      self.lastAt = lastAt
    }
  }

  package struct DeadLetters: Codable, Hashable, Sendable {
    /// Letters that nobody has decided about.
    package var open: Figure
    /// Given up in the period, and still open.
    package var new: Int
    /// Open ones whose review is overdue.
    package var overdue: Int
    /// When the oldest open one was given up.
    package var oldestAt: Timestamp?

    package init(open: Figure, new: Int, overdue: Int, oldestAt: Timestamp?) {
      self.open = open
      self.new = new
      self.overdue = overdue
      self.oldestAt = oldestAt
    }
  }

  package var errors: Figure
  /// In 7 days; `previous` is the 7 days before them.
  package var errors7d: Figure
  /// Most errors in 7 days first.
  package var signatures: [Signature]
  package var signaturesOmitted: Int
  /// Ids that came again with another body since the digest before.
  package var bodyMismatches: Figure
  /// The same since the tower's beginning.
  package var bodyMismatchesTotal: Int
  package var deadLetters: DeadLetters

  package init(
    errors: Figure, errors7d: Figure, signatures: [Signature], signaturesOmitted: Int = 0, bodyMismatchesTotal: Int,
    deadLetters: DeadLetters
  ) {
    self.errors = errors
    self.errors7d = errors7d
    self.signatures = signatures
    self.signaturesOmitted = signaturesOmitted
    bodyMismatches = Figure(bodyMismatchesTotal)
    self.bodyMismatchesTotal = bodyMismatchesTotal
    self.deadLetters = deadLetters
  }
}
