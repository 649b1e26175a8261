package import CTJSON

/// An event as a producer would send it, and when it would arrive.
package struct ScenarioEvent: Sendable {
  package var eventId: String
  package var type: String
  package var source: String
  package var ts: Timestamp
  package var receivedAt: Timestamp
  package var correlationId: String?
  package var payload: JSONValue

  /// The body of `POST /events`.
  package var body: [UInt8] {
    var members: [JSONValue.Member] = [
      .init(key: "eventId", value: .string(eventId)), .init(key: "type", value: .string(type)),
      .init(key: "ts", value: .string(ts.description)), .init(key: "source", value: .string(source)),
    ]
    if let correlationId { members.append(.init(key: "correlationId", value: .string(correlationId))) }
    members.append(.init(key: "payload", value: payload))
    return JSONWriter.write(.object(members))
  }
}
