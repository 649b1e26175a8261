package import CTCrypto
package import CTJSON

/// An event as it goes into the log: validated, redacted, and with the tower's own facts about its arrival.
package struct EventRecord: Sendable {
  /// The producer's own id: 1 to 1,024 bytes, unique for ever, compared byte by byte.
  package var eventId: String
  /// The type in the taxonomy, such as `finance.invoice.generated`.
  package var type: String
  /// When it happened, by the producer's clock.
  package var ts: Timestamp
  /// The system that sent it, such as `finance`.
  package var source: String
  /// What it belongs to, such as a run; `nil` when it stands alone.
  package var correlationId: String?
  /// A JSON object, already redacted.
  package var payload: [UInt8]
  /// The keyed digest of the raw body (``StoreKeys/body``), which tells a repeat from an id used twice.
  package var bodyDigest: Digest
  /// When it arrived, by the tower's clock.
  package var receivedAt: Timestamp
  /// What it says about the health of its source.
  package var signal: EventSignal
  /// The id of the event that it corrects; `nil` when it corrects none. There may be no such event.
  package var corrects: String?
  /// What was redacted, and where, as a JSON array; `nil` when nothing was.
  package var redactions: [UInt8]?

  package init(
    eventId: String, type: String, ts: Timestamp, source: String, correlationId: String? = nil, payload: [UInt8],
    bodyDigest: Digest, receivedAt: Timestamp, signal: EventSignal = .activity, corrects: String? = nil,
    redactions: [UInt8]? = nil
  ) {
    self.eventId = eventId
    self.type = type
    self.ts = ts
    self.source = source
    self.correlationId = correlationId
    self.payload = payload
    self.bodyDigest = bodyDigest
    self.receivedAt = receivedAt
    self.signal = signal
    self.corrects = corrects
    self.redactions = redactions
  }
}

/// What an event says about the health of its source. Every event is a sign of life. The raw values are stored.
package enum EventSignal: UInt8, Sendable {
  case activity = 0
  case heartbeat = 1
  /// Counts among the errors of the last 24 hours.
  case error = 2
}

/// What became of an event that was to be appended.
package enum AppendOutcome: Sendable, Hashable {
  /// It is on disk, at this place in the log.
  case accepted(seq: Int64)
  /// An event with this id was there before, at this place; nothing was stored. `bodyMatches` tells whether it came
  /// with the same body.
  case duplicate(bodyMatches: Bool, seq: Int64)

  package var seq: Int64 {
    switch self {
    case .accepted(let seq), .duplicate(_, let seq): seq
    }
  }
}

extension EventRecord {
  static let maximumIdBytes = 1024
  static let maximumNameBytes = 256
  static let maximumPayloadBytes = 1 << 20

  /// About how much memory it takes while it waits.
  var footprint: Int {
    eventId.utf8.count + (correlationId?.utf8.count ?? 0) + payload.count + (redactions?.count ?? 0) + 160
  }

  /// What is out of bounds; `nil` when nothing is. One such event must not fail the batch that it is in.
  var fault: StoreError? {
    func isName(_ text: String) -> Bool { (1...Self.maximumNameBytes).contains(text.utf8.count) }
    let reason: String
    if !(1...Self.maximumIdBytes).contains(eventId.utf8.count) {
      reason = "an event id has 1 to \(Self.maximumIdBytes) bytes"
    } else if !isName(type) || !isName(source) {
      reason = "a type and a source have 1 to \(Self.maximumNameBytes) bytes"
    } else if max(correlationId?.utf8.count ?? 0, corrects?.utf8.count ?? 0) > Self.maximumIdBytes {
      reason = "the id of something else has at most \(Self.maximumIdBytes) bytes"
    } else if max(payload.count, redactions?.count ?? 0) > Self.maximumPayloadBytes {
      reason = "a payload has at most \(Self.maximumPayloadBytes) bytes"
    } else {
      return nil
    }
    return StoreError(.invalidArgument, reason)
  }
}
