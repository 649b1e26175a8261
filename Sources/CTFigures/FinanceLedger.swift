internal import CTJSON
internal import CTStore

/// The invoices and payments of some months, with their corrections applied.
struct FinanceLedger {
  /// An invoice counts once, however often its PDF was made: from the first time, with the amount of the last.
  struct Invoice {
    var generatedAt: Timestamp
    var amount: ExactAmount?
    var currency: String
  }

  /// The first time that an invoice's status became `paid`.
  struct Payment {
    var paidAt: Timestamp
    var amount: ExactAmount?
    var currency: String?
  }

  private(set) var invoices: [String: Invoice] = [:]
  private(set) var payments: [String: Payment] = [:]

  /// When an invoice names no currency (`Currency` in the event schema).
  private static let defaultCurrency = "GBP"

  /// What was known before an instant.
  init(_ connection: Connection, before end: Timestamp) throws(StoreError) {
    let corrections = try FinanceCorrections(connection)
    let entries = try connection.cached(
      "SELECT event_id, at, is_payment, fields FROM finance_entries WHERE at < ? ORDER BY at, seq"
    ).rows([.time(end)]) { row throws(StoreError) in
      (
        id: row.text(0), at: Timestamp(microseconds: row.integer(1)), isPayment: row.integer(2) == 1,
        fields: try FinanceFields(json: row.bytes(3))
      )
    }
    for entry in entries {
      var fields = entry.fields
      corrections.apply(to: &fields, of: entry.id)
      guard let id = fields.invoiceId else { continue }
      if entry.isPayment { notePayment(id, entry.at, fields) } else { noteInvoice(id, entry.at, fields) }
    }
  }

  private mutating func noteInvoice(_ id: String, _ time: Timestamp, _ fields: FinanceFields) {
    invoices[id] = Invoice(
      generatedAt: invoices[id]?.generatedAt ?? time, amount: fields.total.flatMap { ExactAmount($0) },
      currency: fields.currency ?? Self.defaultCurrency)
  }

  private mutating func notePayment(_ id: String, _ time: Timestamp, _ fields: FinanceFields) {
    guard fields.statusTo == "paid", payments[id] == nil else { return }
    payments[id] = Payment(paidAt: time, amount: fields.amount.flatMap { ExactAmount($0) }, currency: fields.currency)
  }

  /// What was paid for an invoice: its own amount, as the last payment may be a part; the payment's where the invoice is
  /// not known.
  func paidAmount(_ id: String) -> (amount: ExactAmount, currency: String)? {
    if let invoice = invoices[id] { return invoice.amount.map { ($0, invoice.currency) } }
    guard let payment = payments[id], let amount = payment.amount else { return nil }
    return (amount, payment.currency ?? Self.defaultCurrency)
  }
}

/// Which event is corrected by which, in the order of the log.
private struct FinanceCorrections {
  private var byOriginal: [String: [(id: String, changes: FinanceFields)]] = [:]
  /// Corrections of corrections of …: deeper is no correction but a loop.
  private static let depth = 8

  init(_ connection: Connection) throws(StoreError) {
    let rows = try connection.cached("SELECT event_id, original, changes FROM finance_corrections ORDER BY seq")
      .rows { row throws(StoreError) in (row.text(0), row.text(1), try FinanceFields(json: row.bytes(2))) }
    for (id, original, changes) in rows { byOriginal[original, default: []].append((id, changes)) }
  }

  func apply(to fields: inout FinanceFields, of id: String, depth: Int = Self.depth) {
    guard depth > 0, let corrections = byOriginal[id] else { return }
    for correction in corrections {
      var changes = correction.changes
      apply(to: &changes, of: correction.id, depth: depth - 1)
      fields.apply(changes)
    }
  }
}
