package import CTJSON

/// Invoices and payments. Currencies are never added to one another.
package struct FinanceSection: Codable, Hashable, Sendable {
  /// An amount in one currency: its decimal digits, so that nothing turns it into floating point.
  package struct Money: Codable, Hashable, Sendable {
    /// ISO 4217.
    package var currency: String
    /// Such as `1234.50`; at least two digits after the point.
    package var amount: String

    package init(currency: String, amount: String) {
      self.currency = currency
      self.amount = amount
    }
  }

  /// So many invoices, and what they add up to per currency, by code.
  package struct Flow: Codable, Hashable, Sendable {
    package var count: Figure
    package var totals: [Money]

    package init(count: Figure, totals: [Money]) {
      self.count = count
      self.totals = totals
    }
  }

  package struct UnpaidInvoice: Codable, Hashable, Sendable {
    package var invoiceId: String
    package var generatedAt: Timestamp
    package var total: Money

    package init(invoiceId: String, generatedAt: Timestamp, total: Money) {
      self.invoiceId = invoiceId
      self.generatedAt = generatedAt
      self.total = total
    }
  }

  /// In the period.
  package var generated: Flow
  package var paid: Flow
  /// In the 30 days up to the end of the period.
  package var generated30d: Flow
  package var paid30d: Flow
  /// From generated to paid, over the invoices for which both happened in the 30 days.
  package var averageDaysToPay: Measure
  /// Paid invoices in `paid30d` whose amount nobody has sent, or has sent with more digits than can be added.
  package var amountsUnknown: Int
  /// Generated in the last 90 days, and not paid.
  package var unpaid: Figure
  /// Oldest first, a few.
  package var oldestUnpaid: [UnpaidInvoice]

  package init(
    generated: Flow, paid: Flow, generated30d: Flow, paid30d: Flow, averageDaysToPay: Measure, amountsUnknown: Int,
    unpaid: Figure, oldestUnpaid: [UnpaidInvoice]
  ) {
    self.generated = generated
    self.paid = paid
    self.generated30d = generated30d
    self.paid30d = paid30d
    self.averageDaysToPay = averageDaysToPay
    self.amountsUnknown = amountsUnknown
    self.unpaid = unpaid
    self.oldestUnpaid = oldestUnpaid
  }
}
