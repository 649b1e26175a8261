internal import CTJSON
package import CTStore

/// Keeps what the finance figures need of each invoice, payment and correction, for 130 days: the 90 in which unpaid
/// invoices are looked for, and a month in which the tower may have been down. What a correction changes is worked out
/// when it is read, so that an original and its corrections may arrive in any order.
package struct FinanceProjection: Projection {
  package let name = "finance"
  package let version: Int64 = 3
  package let tables = ["finance_entries", "finance_corrections"]
  package let schema = """
    CREATE TABLE finance_entries (
      at INTEGER NOT NULL, seq INTEGER NOT NULL, event_id TEXT NOT NULL, is_payment INTEGER NOT NULL,
      fields TEXT NOT NULL, PRIMARY KEY (at, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE finance_corrections (
      event_id TEXT PRIMARY KEY, seq INTEGER NOT NULL, at INTEGER NOT NULL, original TEXT NOT NULL,
      changes TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX finance_corrections_by_time ON finance_corrections (at);
    """
  package let detailTypes: Set<String> = [Self.invoice, Self.payment, Self.correction]

  static let invoice = "finance.invoice.generated"
  static let payment = "finance.payment.webhook"
  static let correction = "event.corrected"
  /// Who may correct what finance has sent.
  private static let correctors: Set<String> = ["finance", "tower"]
  static let days: Int64 = 130
  /// Old rows are removed at every so many events of the log, and not at each: so that it costs nothing, and the rows do not
  /// depend on how events fall into batches.
  private static let pruneEvery: Int64 = 256

  package init() {}

  package func apply(_ events: [ProjectedEvent], to connection: Connection) throws(StoreError) {
    for event in events {
      switch event.type {
      case Self.invoice, Self.payment: try add(event, to: connection)
      case Self.correction where Self.correctors.contains(event.source): try correct(event, connection)
      default: break
      }
      if event.seq.isMultiple(of: Self.pruneEvery) { try prune(before: event.horizon(days: Self.days), connection) }
    }
  }

  private func prune(before horizon: Int64, _ connection: Connection) throws(StoreError) {
    for table in tables { try connection.run("DELETE FROM \(table) WHERE at < ?", .integer(horizon)) }
  }

  private func add(_ event: ProjectedEvent, to connection: Connection) throws(StoreError) {
    guard let detail = event.detail else { return }
    guard let fields = FinanceFields.json(ofPayload: detail.payload) else {
      throw StoreError(.other, "the payload of event \(event.seq) is not JSON")
    }
    try connection.run(
      "INSERT OR IGNORE INTO finance_entries VALUES (?, ?, ?, ?, ?)", .time(event.happenedAt), .integer(event.seq),
      .text(detail.eventId), .integer(event.type == Self.payment ? 1 : 0), .utf8(fields))
  }

  private func correct(_ event: ProjectedEvent, _ connection: Connection) throws(StoreError) {
    let payload = try EventPayload(of: event)
    guard let eventId = event.detail?.eventId, let original = payload.text("originalEventId"),
      let changes = payload.object("changes")
    else { return }
    try connection.run(
      "INSERT OR IGNORE INTO finance_corrections VALUES (?, ?, ?, ?, ?)", .text(eventId), .integer(event.seq),
      .time(event.happenedAt), .text(original), .text(FinanceFields(changes: EventPayload(changes)).json))
  }
}

/// The members of invoices and payments that the figures are made of; in a correction, those that it changes.
struct FinanceFields: Hashable {
  var invoiceId: String?
  var statusTo: String?
  var currency: String?
  /// `total` of an invoice, `amount` of a payment, as they were written.
  var total: JSONNumber?
  var amount: JSONNumber?

  init(_ payload: EventPayload) {
    invoiceId = payload.text("invoiceId")
    statusTo = payload.text("statusTo")
    currency = payload.text("currency")
    total = payload.number("total")
    amount = payload.number("amount")
  }

  /// Of a correction's `changes`. A correction of a correction changes what that one changes.
  init(changes: EventPayload) {
    self.init(changes)
    if let inner = changes.object("changes") { apply(FinanceFields(EventPayload(inner))) }
  }

  /// Members that a correction does not name stay as they are.
  mutating func apply(_ changes: FinanceFields) {
    invoiceId = changes.invoiceId ?? invoiceId
    statusTo = changes.statusTo ?? statusTo
    currency = changes.currency ?? currency
    total = changes.total ?? total
    amount = changes.amount ?? amount
  }

  /// The names, those of strings first.
  private static let names = JSONNameTable(["invoiceId", "statusTo", "currency", "total", "amount"])
  private static let strings = 3
  /// What stands before each one's value.
  private static let labels = (0..<names.count).map { Array("\"\(names[$0])\":".utf8) }

  /// The same as `FinanceFields(payload).json`, without making a value of every member: each invoice comes by here. `nil`
  /// where the payload is no object.
  static func json(ofPayload payload: [UInt8]) -> [UInt8]? {
    JSONReader.read(payload) { json in
      guard json.peek() == .object else { return nil }
      var fields = [UInt8(ascii: "{")]
      fields.reserveCapacity(128)
      json.beginObject()
      while let member = json.nextMember() {
        let name = names.index(of: member, in: &json)
        let kind = json.peek()
        let start = json.valueStart()
        json.skipValue()
        guard name >= 0, kind == (name < strings ? .string : .number) else { continue }
        if fields.count > 1 { fields.append(UInt8(ascii: ",")) }
        fields.append(contentsOf: labels[name])
        fields.append(contentsOf: json.source(start..<json.offset))
      }
      fields.append(UInt8(ascii: "}"))
      json.finish()
      return json.syntaxError == nil ? fields : nil
    }
  }

  var json: String {
    var members: [JSONValue.Member] = []
    func add(_ key: String, _ value: JSONValue?) {
      if let value { members.append(.init(key: key, value: value)) }
    }
    add("invoiceId", invoiceId.map { .string($0) })
    add("statusTo", statusTo.map { .string($0) })
    add("currency", currency.map { .string($0) })
    add("total", total.map { .number($0) })
    add("amount", amount.map { .number($0) })
    return String(decoding: JSONWriter.write(.object(members)), as: UTF8.self)
  }

  /// Reads what ``json`` has written.
  init(json: [UInt8]) throws(StoreError) {
    do { self.init(EventPayload(try JSONValue(parsing: json))) } catch {
      throw StoreError(.corrupt, "a row of the finance projection is not JSON")
    }
  }
}
