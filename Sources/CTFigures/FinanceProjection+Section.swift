package import CTDigest
internal import CTJSON
package import CTStore

extension FinanceProjection {
  private static let windowDays: Int64 = 30
  private static let unpaidDays: Int64 = 90
  /// The oldest unpaid invoices that are named.
  private static let named = 3

  /// The digest's finance section for a period.
  package static func section(_ connection: Connection, _ period: Period) throws(StoreError) -> FinanceSection {
    let ledger = try FinanceLedger(connection, before: period.to)
    let month = Period(from: period.to.adding(days: -windowDays), to: period.to)
    let waiting = unpaid(ledger, since: period.to.adding(days: -unpaidDays))
    let paid30d = paid(ledger, month)
    return FinanceSection(
      generated: generated(ledger, period).flow, paid: paid(ledger, period).flow,
      generated30d: generated(ledger, month).flow, paid30d: paid30d.flow, averageDaysToPay: daysToPay(ledger, month),
      amountsUnknown: generated(ledger, month).unknown + paid30d.unknown, unpaid: Figure(waiting.count),
      oldestUnpaid: waiting.prefix(named).map { id, invoice in
        FinanceSection.UnpaidInvoice(
          invoiceId: id, generatedAt: invoice.generatedAt,
          total: .init(currency: invoice.currency, amount: (invoice.amount ?? .zero).description))
      })
  }

  /// Invoices and their sums.
  private struct Sum {
    var count = 0
    var totals = ExactTotals()
    /// Those without an amount that can be added.
    var unknown = 0

    mutating func add(_ amount: ExactAmount?, _ currency: String) {
      count += 1
      if let amount { totals.add(amount, currency) } else { unknown += 1 }
    }

    var flow: FinanceSection.Flow {
      let sorted = totals.amounts.sorted { $0.key < $1.key }
      return .init(
        count: Figure(count), totals: sorted.map { .init(currency: $0.key, amount: $0.value.description) })
    }
  }

  private static func generated(_ ledger: FinanceLedger, _ window: Period) -> Sum {
    var sum = Sum()
    for invoice in ledger.invoices.values where window.contains(invoice.generatedAt) {
      sum.add(invoice.amount, invoice.currency)
    }
    return sum
  }

  private static func paid(_ ledger: FinanceLedger, _ window: Period) -> Sum {
    var sum = Sum()
    for (id, payment) in ledger.payments where window.contains(payment.paidAt) {
      let paid = ledger.paidAmount(id)
      sum.add(paid?.amount, paid?.currency ?? "")
    }
    return sum
  }

  /// A payment whose invoice is outside the window counts as paid, but not here.
  private static func daysToPay(_ ledger: FinanceLedger, _ window: Period) -> Measure {
    var microseconds: Int64 = 0
    var count: Int64 = 0
    for (id, payment) in ledger.payments where window.contains(payment.paidAt) {
      guard let invoice = ledger.invoices[id], window.contains(invoice.generatedAt) else { continue }
      microseconds += max(0, payment.paidAt.microseconds - invoice.generatedAt.microseconds)
      count += 1
    }
    guard count > 0 else { return Measure(nil) }
    let hundredths = (Double(microseconds) / Double(count) / 864_000_000).rounded()
    return Measure(hundredths / 100)
  }

  /// Invoices that somebody has yet to pay, oldest first; none that has nothing to pay, such as a credit note.
  private static func unpaid(
    _ ledger: FinanceLedger, since start: Timestamp
  ) -> [(id: String, invoice: FinanceLedger.Invoice)] {
    ledger.invoices
      .filter { id, invoice in
        invoice.generatedAt >= start && ledger.payments[id] == nil && invoice.amount?.isPositive ?? true
      }
      .sorted { ($0.value.generatedAt, $0.key) < ($1.value.generatedAt, $1.key) }
      .map { ($0.key, $0.value) }
  }
}

extension Period {
  func contains(_ time: Timestamp) -> Bool { from <= time && time < to }
}

extension Timestamp {
  func adding(days: Int64) -> Timestamp { Timestamp(microseconds: microseconds + days * 86_400_000_000) }
}
