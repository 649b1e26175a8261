package import CTJSON

/// What the engine sees of an event.
package struct HealthEvent: Sendable {
  package var source: String
  package var type: String
  package var ts: Timestamp
  package var receivedAt: Timestamp
  package var isError: Bool
  /// Only for the types in ``HealthPolicy/detailTypes``.
  package var detail: Detail?

  package struct Detail: Sendable {
    package var eventId: String
    package var correlationId: String?
    package var payload: JSONValue

    package init(eventId: String, correlationId: String? = nil, payload: JSONValue) {
      self.eventId = eventId
      self.correlationId = correlationId
      self.payload = payload
    }
  }

  package init(
    source: String, type: String, ts: Timestamp, receivedAt: Timestamp, isError: Bool = false, detail: Detail? = nil
  ) {
    self.source = source
    self.type = type
    self.ts = ts
    self.receivedAt = receivedAt
    self.isError = isError
    self.detail = detail
  }
}

/// What the tower knows about itself, apart from events.
package struct TowerFacts: Sendable, Hashable {
  /// Why the store takes no writes; `nil` when it does.
  package var storeFault: String?
  /// Why some projection does not follow the log; `nil` when all do.
  package var projectionFault: String?
  /// Dead letters that nobody has decided about; `nil` as long as nobody has looked.
  package var deadLetters: Int?
  /// The certificates that are watched and until when they are valid; `nil` as long as nobody has looked.
  package var certificates: [Certificate]?

  package struct Certificate: Sendable, Hashable {
    package enum Validity: Sendable, Hashable {
      case until(Timestamp)
      /// It cannot be read; why.
      case unknown(String)
    }

    package var name: String
    package var validity: Validity

    package init(name: String, _ validity: Validity) {
      self.name = name
      self.validity = validity
    }
  }

  package init() {}
}
