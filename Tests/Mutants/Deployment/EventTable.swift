internal import CTJSON

/// What the tiny tower remembers.
struct EventTable: Sendable {
  struct Row: Sendable {
    let number: Int
    let event: JSONValue
    let body: [UInt8]
    let ts: Timestamp

    func text(_ member: String) -> String? { event[member]?.string }
  }

  private(set) var rows: [Row] = []
  private var numbers: [String: Int] = [:]

  /// The row of this id, if there is one.
  func row(of id: String) -> Row? { numbers[id].map { rows[$0] } }

  mutating func append(_ event: JSONValue, body: [UInt8]) {
    guard let id = event["eventId"]?.string, let ts = event["ts"]?.string.flatMap({ Timestamp($0) }) else { return }
    if numbers[id] == nil { numbers[id] = rows.count }
    rows.append(Row(number: rows.count, event: event, body: body, ts: ts))
  }

  /// What must never happen.
  mutating func replace(_ row: Row, with event: JSONValue, body: [UInt8]) {
    rows[row.number] = Row(number: row.number, event: event, body: body, ts: row.ts)
  }

  /// Newest first.
  var sorted: [Row] { rows.sorted { ($0.ts, $0.number) > ($1.ts, $1.number) } }
}
