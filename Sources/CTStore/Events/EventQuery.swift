package import CTCrypto
package import CTJSON

/// Which events a list shows: those that meet every condition that is set.
package struct EventFilter: Sendable, Hashable {
  package var source: String?
  package var type: String?
  package var correlationId: String?
  /// Inclusive, on `ts`.
  package var from: Timestamp?
  /// Exclusive, on `ts`.
  package var to: Timestamp?

  package init(
    source: String? = nil, type: String? = nil, correlationId: String? = nil, from: Timestamp? = nil,
    to: Timestamp? = nil
  ) {
    self.source = source
    self.type = type
    self.correlationId = correlationId
    self.from = from
    self.to = to
  }
}

/// An event as the log holds it.
package struct StoredEvent: Sendable {
  /// The tower's own order of events, without gaps.
  package let seq: Int64
  package let record: EventRecord
  /// The event's link in the audit chain; see ``EventChain``.
  package let hash: Digest
  /// The ids of the events that correct it, in the log's order; of more than 100 the last ones.
  package var correctedBy: [String] = []
}

/// One page of a list, newest first by `ts`, then by `seq`.
package struct EventPage: Sendable {
  package let events: [StoredEvent]
  /// Where the next page begins; `nil` on the last one.
  package let next: EventCursor?
}

/// A place in a list, opaque to clients, that belongs to one filter; see ``CursorCoder``.
package struct EventCursor: Sendable, Hashable {
  /// URL-safe characters only.
  package let text: String

  package init(text: String) { self.text = text }
}
