import CTJSON
import CTStore

/// Documents and states of systems as lines of JSON.
enum DocumentLine {
  /// `{"id":"…","version":3,"updatedAt":"…","document":{…}}`
  static func append(_ document: Document, to line: inout [UInt8]) {
    let body = (try? JSONValue(parsing: document.body)) ?? .null
    write(
      [
        .init("id", document.key.id), .init("version", document.version),
        .init("updatedAt", document.updatedAt.description), .init(key: "document", value: body),
      ], to: &line)
  }

  static func append(_ system: SystemState, asOf: Timestamp, to line: inout [UInt8]) {
    var members: [JSONValue.Member] = [
      .init("systemId", system.source), .init("asOf", asOf.description), .init("events", system.events),
      .init("lastHeartbeat", system.lastHeartbeat.description),
      .init("lastReceivedAt", system.lastReceivedAt.description), .init("errors24h", system.errors24h),
    ]
    if let time = system.lastErrorAt { members.append(.init("lastErrorAt", time.description)) }
    write(members, to: &line)
  }

  /// Reads a document back; `nil` for what is none.
  static func read(_ line: ArraySlice<UInt8>) -> (id: String, updatedAt: Timestamp, body: [UInt8])? {
    guard let value = try? JSONValue(parsing: Array(line)), let id = value.text("id"),
      let updatedAt = value.text("updatedAt").flatMap({ Timestamp($0) }), let document = value["document"]
    else { return nil }
    return (id, updatedAt, JSONWriter.write(document))
  }

  private static func write(_ members: [JSONValue.Member], to line: inout [UInt8]) {
    line += JSONWriter.write(.object(members))
    line.append(UInt8(ascii: "\n"))
  }
}
