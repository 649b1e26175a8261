internal import CTJSON

/// What the tiny tower remembers.
struct EventTable: Sendable {
  struct Row: Sendable {
    let number: Int
    /// As it is shown.
    let event: JSONValue
    /// As it was sent: only faults show it.
    let sent: JSONValue
    let body: [UInt8]
    let ts: Timestamp

    func text(_ member: String) -> String? { event[member]?.string }
  }

  /// A thing that was started.
  struct Run: Sendable {
    let id: String
    let trigger: String
    let key: String?
  }

  private(set) var rows: [Row] = []
  var runs: [Run] = []
  private var refusals = 0
  private var numbers: [String: Int] = [:]

  /// How many refusals there have been, with this one.
  mutating func count(refusal: Bool) -> Int {
    refusals += refusal ? 1 : 0
    return refusals
  }

  /// The row of this id, if there is one.
  func row(of id: String) -> Row? { numbers[id].map { rows[$0] } }

  mutating func append(_ event: JSONValue, sent: JSONValue, body: [UInt8]) {
    guard let id = event["eventId"]?.string, let ts = event["ts"]?.string.flatMap({ Timestamp($0) }) else { return }
    if numbers[id] == nil { numbers[id] = rows.count }
    rows.append(Row(number: rows.count, event: event, sent: sent, body: body, ts: ts))
  }

  /// What must never happen.
  mutating func replace(_ row: Row, with event: JSONValue, body: [UInt8]) {
    rows[row.number] = Row(number: row.number, event: event, sent: event, body: body, ts: row.ts)
  }

  /// Newest first.
  var sorted: [Row] { rows.sorted { ($0.ts, $0.number) > ($1.ts, $1.number) } }
}
