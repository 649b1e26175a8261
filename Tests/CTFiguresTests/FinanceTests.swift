import CTDigest
import CTStore
import Testing

@testable import CTFigures

/// The rules are those of docs/control_tower/dashboards_spec.md, Finance.
@Suite struct FinanceTests {
  private func gbp(_ amount: String) -> [FinanceSection.Money] { [.init(currency: "GBP", amount: amount)] }

  @Test func `invoices and payments are counted and added up`() async throws {
    try await FigureStore.with { store in
      try await store.invoice("A", "0.10", at: "2025-09-26T08:00:00Z")
      try await store.invoice("B", "0.20", at: "2025-09-10T08:00:00Z")
      try await store.payment("A", at: "2025-09-27T06:59:59Z")
      let finance = try await store.finance()
      #expect(finance.generated == .init(count: Figure(1), totals: gbp("0.10")))
      #expect(finance.generated30d == .init(count: Figure(2), totals: gbp("0.30")))
      #expect(finance.paid == .init(count: Figure(1), totals: gbp("0.10")))
      #expect(finance.unpaid == Figure(1) && finance.oldestUnpaid.map(\.invoiceId) == ["B"])
    }
  }

  @Test func `a period begins with its first instant and ends before its last`() async throws {
    try await FigureStore.with { store in
      try await store.invoice("A", "1", at: "2025-09-26T06:59:59.999999Z")
      try await store.invoice("B", "1", at: "2025-09-26T07:00:00Z")
      try await store.invoice("C", "1", at: "2025-09-27T06:59:59.999999Z")
      try await store.invoice("D", "1", at: "2025-09-27T07:00:00Z")
      #expect(try await store.finance().generated.count == Figure(2))
    }
  }

  @Test func `currencies are never added to one another`() async throws {
    try await FigureStore.with { store in
      try await store.invoice("A", "10.00", at: "2025-09-26T08:00:00Z", currency: "EUR")
      try await store.invoice("B", "5.00", at: "2025-09-26T08:00:00Z")
      #expect(
        try await store.finance().generated.totals
          == [.init(currency: "EUR", amount: "10.00"), .init(currency: "GBP", amount: "5.00")])
    }
  }

  @Test func `the average is over invoices and payments in the window`() async throws {
    try await FigureStore.with { store in
      try await store.invoice("A", "1", at: "2025-09-10T07:00:00Z")
      try await store.payment("A", at: "2025-09-20T07:00:00Z")
      try await store.invoice("B", "1", at: "2025-09-10T07:00:00Z")
      try await store.payment("B", at: "2025-09-15T19:00:00Z")
      // Made before the window: paid, but not in the average. And one that nobody knows.
      try await store.invoice("C", "1", at: "2025-07-01T07:00:00Z")
      try await store.payment("C", at: "2025-09-20T07:00:00Z")
      try await store.payment("D", at: "2025-09-20T07:00:00Z", amount: "7.50")
      let finance = try await store.finance()
      #expect(finance.averageDaysToPay == Measure(7.75))
      #expect(finance.paid30d == .init(count: Figure(4), totals: gbp("10.50")))
    }
  }

  @Test func `only the first time paid counts, and other statuses do not`() async throws {
    try await FigureStore.with { store in
      try await store.invoice("A", "1", at: "2025-09-20T07:00:00Z")
      try await store.payment("A", at: "2025-09-21T07:00:00Z", to: "pending")
      #expect(try await store.finance().averageDaysToPay == Measure(nil))
      try await store.payment("A", at: "2025-09-22T07:00:00Z")
      try await store.payment("A", at: "2025-09-26T08:00:00Z")
      let finance = try await store.finance()
      #expect(finance.averageDaysToPay == Measure(2) && finance.paid.count == Figure(0))
      #expect(finance.paid30d.count == Figure(1))
    }
  }

  @Test func `an invoice that is made again counts once, with its last amount`() async throws {
    try await FigureStore.with { store in
      try await store.invoice("A", "10", at: "2025-09-20T07:00:00Z")
      try await store.invoice("A", "12", at: "2025-09-26T08:00:00Z")
      let finance = try await store.finance()
      #expect(finance.generated.count == Figure(0))
      #expect(finance.generated30d == .init(count: Figure(1), totals: gbp("12.00")))
    }
  }

  @Test func `a correction counts, also one that comes before its original`() async throws {
    try await FigureStore.with { store in
      try await store.invoice("A", "10", at: "2025-09-26T08:00:00Z", event: "evt_a")
      try await store.correct("evt_a", #"{"total":11.11,"currency":"EUR"}"#, at: "2025-09-26T09:00:00Z", id: "c1")
      try await store.correct("evt_b", #"{"total":3}"#, at: "2025-09-26T09:00:00Z", id: "c2")
      try await store.invoice("B", "10", at: "2025-09-26T10:00:00Z", event: "evt_b")
      #expect(
        try await store.finance().generated.totals
          == [.init(currency: "EUR", amount: "11.11"), .init(currency: "GBP", amount: "3.00")])
    }
  }

  @Test func `the last correction wins, and one may correct another`() async throws {
    try await FigureStore.with { store in
      try await store.invoice("A", "10", at: "2025-09-26T08:00:00Z", event: "evt_a")
      try await store.correct("evt_a", #"{"total":11}"#, at: "2025-09-26T09:00:00Z", id: "c1")
      try await store.correct("evt_a", #"{"total":12}"#, at: "2025-09-26T09:00:00Z", id: "c2")
      #expect(try await store.finance().generated.totals == gbp("12.00"))
      try await store.correct("c2", #"{"changes":{"total":13}}"#, at: "2025-09-26T09:00:00Z", id: "c3")
      #expect(try await store.finance().generated.totals == gbp("13.00"))
      // Corrections that name one another in a circle end.
      try await store.correct("c5", #"{"changes":{"total":14}}"#, at: "2025-09-26T09:00:00Z", id: "c4")
      try await store.correct("c4", #"{"changes":{"total":15}}"#, at: "2025-09-26T09:00:00Z", id: "c5")
      #expect(try await store.finance().generated.totals == gbp("13.00"))
    }
  }

  @Test func `other systems do not correct what finance has sent`() async throws {
    try await FigureStore.with { store in
      try await store.invoice("A", "10", at: "2025-09-26T08:00:00Z", event: "evt_a")
      try await store.correct("evt_a", #"{"total":11}"#, at: "2025-09-26T09:00:00Z", source: "portal")
      #expect(try await store.finance().generated.totals == gbp("10.00"))
    }
  }

  @Test func `a corrected status takes a payment back`() async throws {
    try await FigureStore.with { store in
      try await store.invoice("A", "10", at: "2025-09-26T08:00:00Z")
      try await store.send(
        "finance.payment.webhook", #"{"invoiceId":"A","statusFrom":"pending","statusTo":"paid"}"#,
        at: "2025-09-26T09:00:00Z", id: "evt_p")
      try await store.correct("evt_p", #"{"statusTo":"pending"}"#, at: "2025-09-26T10:00:00Z")
      #expect(try await store.finance().unpaid == Figure(1))
    }
  }

  @Test func `an amount with too many digits is told, not guessed`() async throws {
    try await FigureStore.with { store in
      try await store.invoice("A", "1e-30", at: "2025-09-26T08:00:00Z")
      try await store.invoice("B", "2", at: "2025-09-26T08:00:00Z")
      let finance = try await store.finance()
      #expect(finance.generated == .init(count: Figure(2), totals: gbp("2.00")))
      #expect(finance.amountsUnknown == 1)
    }
  }

  @Test func `what is older than the figures need goes`() async throws {
    try await FigureStore.with { store in
      try await store.invoice("old", "1", at: "2025-05-01T07:00:00Z")
      try await store.invoice("late", "1", at: "2025-07-01T07:00:00Z")
      try await store.invoice("new", "1", at: "2025-09-26T08:00:00Z")
      // They go at every 256th event of the log.
      for number in 4...256 {
        try await store.send("system.heartbeat", "{}", at: "2025-09-26T08:00:00Z", id: "evt_heartbeat_\(number)")
      }
      let rows = try await store.store.projected { connection throws(StoreError) in
        try connection.integer("SELECT count(*) FROM finance_entries")
      }
      #expect(rows == 2)
      #expect(try await store.finance().oldestUnpaid.map(\.invoiceId) == ["late", "new"])
    }
  }
}
