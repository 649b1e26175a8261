internal import CTCrypto
internal import CTGenerated
internal import CTJSON
internal import CTStore

/// Events that the tower itself emits about what people do with its archive.
enum TowerEvent {
  /// - Parameters:
  ///   - id: the beginning of the event's id; the rest is time and chance.
  ///   - payload: members that are text.
  static func make(
    _ type: EventType, id: String, at now: Timestamp, correlationId: String? = nil, _ payload: [(String, String)]
  ) -> EventRecord {
    var random = SystemRandomNumberGenerator()
    let bytes = JSONWriter.write(.object(payload.map { .init(key: $0.0, value: .string($0.1)) }))
    return EventRecord(
      eventId: TimedID.make(id, at: now, &random), type: type.rawValue, ts: now, source: Source.tower.rawValue,
      correlationId: correlationId, payload: bytes, bodyDigest: SHA256.hash(bytes), receivedAt: now,
      signal: EventSignal(type.health))
  }
}
