package import CTJSON

/// Something that failed so often that a person has to look at it.
package struct DeadLetter: Sendable, Hashable {
  package enum State: String, Sendable {
    case open, replayed, tombstoned
  }

  /// What a person decided.
  package struct Resolution: Sendable, Hashable {
    /// The name of the token that was used.
    package var token: String
    /// Who said that they decided; always there for a tombstone.
    package var by: String?
    package var at: Timestamp
    /// Why; always there for a tombstone.
    package var reason: String?
    /// The event or the job that a replay made.
    package var eventId: String?
    package var jobId: String?

    package init(
      token: String, by: String? = nil, at: Timestamp, reason: String? = nil, eventId: String? = nil,
      jobId: String? = nil
    ) {
      self.token = token
      self.by = by
      self.at = at
      self.reason = reason
      self.eventId = eventId
      self.jobId = jobId
    }
  }

  /// Sorts by the time it was given up at.
  package var id: String
  /// What was tried: `projection.<name>`, or the kind of a job.
  package var kind: String
  /// A JSON object: what it was tried with.
  package var payload: [UInt8]
  /// The event that it is about, if it is about one.
  package var eventId: String?
  /// The last failure, in words.
  package var error: String
  package var attempts: Int
  package var firstFailedAt: Timestamp
  package var deadAt: Timestamp
  /// When somebody should have looked at it.
  package var nextReview: Timestamp
  package var state: State
  package var resolution: Resolution?

  package init(
    id: String, kind: String, payload: [UInt8], eventId: String?, error: String, attempts: Int,
    firstFailedAt: Timestamp, deadAt: Timestamp
  ) {
    self.id = id
    self.kind = kind
    self.payload = payload
    self.eventId = eventId
    self.error = String(error.prefix(Self.maximumErrorLength))
    self.attempts = attempts
    self.firstFailedAt = firstFailedAt
    self.deadAt = deadAt
    nextReview = Timestamp(microseconds: deadAt.microseconds + Self.reviewDelay)
    state = .open
  }

  private static let maximumErrorLength = 500
  /// One day.
  private static let reviewDelay: Int64 = 86_400_000_000

  /// Open letters and the others are kept apart, so that finding the open ones does not cost more with every closed one.
  package static let openCollection = "dead-letters-open"
  package static let closedCollection = "dead-letters-closed"

  package var key: DocumentKey { DocumentKey(state == .open ? Self.openCollection : Self.closedCollection, id) }
}
