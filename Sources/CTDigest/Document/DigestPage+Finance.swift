extension DigestPage {
  /// Days after which an unpaid invoice is worth a line at the top.
  private static let longUnpaidDays = 30

  var financeNotices: [Notice] {
    guard let oldest = digest.finance?.oldestUnpaid.first else { return [] }
    let days = seconds(from: oldest.generatedAt, to: digest.period.to) / 86_400
    guard days > Self.longUnpaidDays else { return [] }
    return [
      Notice(
        .warning,
        [
          .strong(oldest.invoiceId), .text(" has not been paid for \(Words.counted(days, "day")) ("),
          .text("\(text(oldest.total)))."),
        ])
    ]
  }

  var finance: Section {
    guard let finance = digest.finance else { return .blocks([]) }
    guard finance.generated30d.count.value + finance.paid30d.count.value + finance.unpaid.value > 0 else {
      return .quiet([.strong("Finance"), .text(": no invoices in 30 days.")])
    }
    let columns = [
      Table.Column(title: "Invoices"), .init(title: periodName.capitalizedFirst, isNumber: true),
      .init(title: "30 days", isNumber: true),
    ]
    let rows: [[Line]] = [
      [[.text("generated")], flow(finance.generated), flow(finance.generated30d)],
      [[.text("paid")], flow(finance.paid), flow(finance.paid30d)],
    ]
    return .blocks([
      .heading("Finance"), .table(Table(columns: columns, rows: rows)), .list(financeLines(finance)),
    ])
  }

  private func flow(_ flow: FinanceSection.Flow) -> Line {
    var line = Change.line(flow.count, good: .neither)
    if !flow.totals.isEmpty { line.append(.text(" · \(flow.totals.map(text).joined(separator: ", "))")) }
    return line
  }

  private func financeLines(_ finance: FinanceSection) -> [Line] {
    var days: Line = [.text("Days to pay, on average: ")]
    if let value = finance.averageDaysToPay.value {
      days.append(.strong(Words.decimal(value)))
      days += Change.of(finance.averageDaysToPay, good: .down) { Words.decimal($0) }
    } else {
      days.append(.text("no payments yet"))
    }
    var lines = [days, [.text("Unpaid, of the last 90 days: ")] + Change.line(finance.unpaid, good: .down)]
    if !finance.oldestUnpaid.isEmpty { lines.append(oldest(finance.oldestUnpaid)) }
    if finance.amountsUnknown > 0 {
      lines.append([
        .text("\(Words.counted(finance.amountsUnknown, "invoice")) without a known amount, not in the totals.")
      ])
    }
    return lines
  }

  private func oldest(_ invoices: [FinanceSection.UnpaidInvoice]) -> Line {
    var line: Line = [.text("Unpaid longest: ")]
    for (index, invoice) in invoices.enumerated() {
      if index > 0 { line.append(.text("; ")) }
      line += [.code(invoice.invoiceId), .text(" (\(age(invoice.generatedAt)), \(text(invoice.total)))")]
    }
    return line
  }

  private func text(_ money: FinanceSection.Money) -> String {
    "\(money.currency)\(Words.joint)\(Words.amount(money.amount))"
  }
}
