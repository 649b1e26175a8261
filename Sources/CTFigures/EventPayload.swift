internal import CTJSON
internal import CTStore

/// What a projection reads of an event's payload. A member that is not what the taxonomy says, such as one that
/// redaction has replaced, is not there.
struct EventPayload {
  private let value: JSONValue

  init(_ value: JSONValue) { self.value = value }

  /// Of an event whose details were asked for.
  init(of event: ProjectedEvent) throws(StoreError) {
    guard let detail = event.detail else { throw StoreError(.other, "event \(event.seq) comes without its payload") }
    do { value = try JSONValue(parsing: detail.payload) } catch {
      throw StoreError(.other, "the payload of event \(event.seq) is not JSON")
    }
  }

  func text(_ name: String) -> String? { value[name]?.string }
  func number(_ name: String) -> JSONNumber? { value[name]?.number }
  func object(_ name: String) -> JSONValue? { value[name].flatMap { $0.members == nil ? nil : $0 } }

  /// Whether it is a dead letter's event once more; see `POST /dlq/{id}/replay`.
  var isReplay: Bool { text("replayOf") != nil }
}

extension ProjectedEvent {
  /// Rows that are older than this are beyond what any figure covers: half a year's quarter, and a month of downtime.
  func horizon(days: Int64) -> Int64 { receivedAt.microseconds - days * 86_400_000_000 }
}
