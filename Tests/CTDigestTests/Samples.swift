import CTJSON

@testable import CTDigest

/// Days that digests are rendered of.
enum Sample: String, CaseIterable {
  case badDay
  case quietDay
  case noData
  case hostile

  var digest: DailyDigest {
    switch self {
    case .badDay: .badDay.compared(with: .quietDay)
    case .quietDay: .quietDay
    case .noData: .noData
    case .hostile: .hostile
    }
  }
}

func time(_ text: String) -> Timestamp { Timestamp(text)! }

extension DailyDigest {
  static let systemNames = ["backend", "desktop", "finance", "github", "portal", "website"]

  /// Nothing was ever received.
  static var noData: DailyDigest {
    DailyDigest(
      date: "2025-09-26", timeZone: "Europe/London", utcOffsetMinutes: 60, state: .preview,
      generatedAt: time("2025-09-26T07:00:00Z"),
      period: Period(from: time("2025-09-25T07:00:00Z"), to: time("2025-09-26T07:00:00Z")), status: .unknown,
      systems: systemNames.map {
        SystemEntry(
          systemId: $0, status: .unknown, lastHeartbeat: nil, errors24h: Figure(0),
          notes: ["Nothing has been received from it yet."])
      },
      objectives: [
        ObjectiveEntry(
          id: "intake-latency", title: "Event intake latency (p95)", status: .insufficientData, unit: .seconds,
          direction: .atMost, target: 300, value: Measure(nil), trend: [.init(date: "2025-09-26", value: nil)])
      ],
      runs: RunsSection(
        finished: Figure(0), failed: Figure(0), finished7d: Figure(0), failed7d: Figure(0), cancelled7d: Figure(0),
        failures: [], stuck: []),
      alerts: AlertsSection(), log: LogSection(lastSeq: 0, events: Figure(0), checkpoint: nil),
      ci: CISection(failures: Figure(0), failures7d: Figure(0), repositories: [], githubLastHeartbeat: nil),
      exceptions: ExceptionsSection(
        errors: Figure(0), errors7d: Figure(0, previous: 0), signatures: [], bodyMismatchesTotal: 0,
        deadLetters: .init(open: Figure(0), new: 0, overdue: 0, oldestAt: nil)),
      finance: FinanceSection(
        generated: .init(count: Figure(0), totals: []), paid: .init(count: Figure(0), totals: []),
        generated30d: .init(count: Figure(0), totals: []), paid30d: .init(count: Figure(0), totals: []),
        averageDaysToPay: Measure(nil), amountsUnknown: 0, unpaid: Figure(0), oldestUnpaid: []))
  }

  /// Everything is well.
  static var quietDay: DailyDigest {
    var digest = noData
    digest.state = .final
    digest.generatedAt = time("2025-09-26T07:00:03Z")
    digest.status = .green
    digest.systems = systemNames.map {
      SystemEntry(
        systemId: $0, status: .green, lastHeartbeat: time("2025-09-26T06:58:30Z"), errors24h: Figure(0), notes: [])
    }
    digest.objectives = [
      ObjectiveEntry(
        id: "intake-latency", title: "Event intake latency (p95)", status: .green, unit: .seconds, direction: .atMost,
        target: 300, value: Measure(1.4),
        trend: [1.9, 1.2, 1.3, nil, 1.5, 1.4].enumerated().map { .init(date: "2025-09-2\($0 + 1)", value: $1) }),
      ObjectiveEntry(
        id: "run-success", title: "Run success rate (7 days)", status: .green, unit: .percent, direction: .atLeast,
        target: 99, value: Measure(100), trend: [.init(date: "2025-09-26", value: 100)]),
    ]
    digest.runs.finished = Figure(5)
    digest.runs.finished7d = Figure(40)
    digest.ci?.githubLastHeartbeat = time("2025-09-26T06:59:00Z")
    digest.finance = FinanceSection(
      generated: .init(count: Figure(0), totals: []),
      paid: .init(count: Figure(1), totals: [.init(currency: "GBP", amount: "480.00")]),
      generated30d: .init(count: Figure(12), totals: [.init(currency: "GBP", amount: "14210.10")]),
      paid30d: .init(count: Figure(9), totals: [.init(currency: "GBP", amount: "9980.00")]),
      averageDaysToPay: Measure(11.5), amountsUnknown: 0, unpaid: Figure(3),
      oldestUnpaid: [
        .init(
          invoiceId: "INV-2025-0841", generatedAt: time("2025-09-04T09:00:00Z"),
          total: .init(currency: "GBP", amount: "1200.00"))
      ])
    digest.log = LogSection(
      lastSeq: 91_200, events: Figure(2110),
      checkpoint: .init(
        seq: 91_200, chain: "6f1c0d8a53b7e2946f1c0d8a53b7e294", madeAt: time("2025-09-26T07:00:01Z")))
    return digest
  }

  /// The day after, on which many things went wrong.
  static var badDay: DailyDigest {
    var digest = quietDay
    digest.date = "2025-09-27"
    digest.period = Period(from: time("2025-09-26T07:00:00Z"), to: time("2025-09-27T07:00:00Z"))
    digest.generatedAt = time("2025-09-27T07:00:02Z")
    digest.status = .red
    let heard = time("2025-09-27T06:58:30Z")
    digest.systems = [
      SystemEntry(
        systemId: "backend", status: .amber, lastHeartbeat: heard, errors24h: Figure(14),
        notes: ["14 errors in the last 24 hours."]),
      SystemEntry(systemId: "desktop", status: .green, lastHeartbeat: heard, errors24h: Figure(0), notes: []),
      SystemEntry(systemId: "finance", status: .green, lastHeartbeat: heard, errors24h: Figure(0), notes: []),
      SystemEntry(
        systemId: "github", status: .amber, lastHeartbeat: heard, errors24h: Figure(3),
        notes: ["3 errors in the last 24 hours."]),
      SystemEntry(
        systemId: "portal", status: .red, lastHeartbeat: time("2025-09-27T04:12:00Z"), errors24h: Figure(0),
        notes: ["Nothing heard for 2 hours."]),
      SystemEntry(systemId: "website", status: .unknown, lastHeartbeat: nil, errors24h: Figure(0), notes: []),
    ]
    digest.objectives = [
      ObjectiveEntry(
        id: "intake-latency", title: "Event intake latency (p95)", status: .amber, unit: .seconds, direction: .atMost,
        target: 300, value: Measure(431.25), trend: [.init(date: "2025-09-27", value: 431.25)]),
      ObjectiveEntry(
        id: "run-success", title: "Run success rate (7 days)", status: .red, unit: .percent, direction: .atLeast,
        target: 99, value: Measure(92.683), trend: [.init(date: "2025-09-27", value: 92.683)]),
    ]
    digest.runs = RunsSection(
      finished: Figure(7), failed: Figure(3), finished7d: Figure(41), failed7d: Figure(3), cancelled7d: Figure(2),
      failures: [
        .init(
          trigger: "contract.regenerate", reason: "exit status 3", count: 2, lastRunId: "run_01J9Z4Q3E8",
          lastAt: time("2025-09-27T05:10:00Z")),
        .init(
          trigger: "portal.notify.retry", reason: "timed out", count: 1, lastRunId: "run_01J9Z4Q3F1",
          lastAt: time("2025-09-26T21:40:00Z")),
      ],
      stuck: [
        .init(
          runId: "run_01J9Z4Q3E9", trigger: "finance.export.backfill", startedAt: time("2025-09-27T03:00:00Z"),
          slaSeconds: 600)
      ])
    digest.alerts = AlertsSection(
      open: [
        .init(
          rule: "dlq-depth", severity: .warning, summary: "12 dead letters for more than 30 minutes.",
          since: time("2025-09-27T02:00:00Z"))
      ],
      resolved: [
        .init(
          rule: "intake-latency", severity: .info, summary: "Event intake was slow.",
          since: time("2025-09-26T10:00:00Z"), resolvedAt: time("2025-09-26T10:40:00Z"))
      ], omitted: 1)
    digest.ci = CISection(
      failures: Figure(2), failures7d: Figure(3),
      repositories: [
        .init(
          repo: "swan-portal", failures: 2, failures7d: Figure(2), lastJob: "build",
          lastUrl: "https://github.com/swan/swan-portal/actions/runs/1234567", lastAt: time("2025-09-27T06:10:00Z")),
        .init(
          repo: "swan-backend", failures: 0, failures7d: Figure(1), lastJob: "deploy",
          lastUrl: "https://github.com/swan/swan-backend/actions/runs/1234000", lastAt: time("2025-09-24T16:00:00Z")),
      ], githubLastHeartbeat: heard)
    digest.exceptions = ExceptionsSection(
      errors: Figure(14), errors7d: Figure(20, previous: 6),
      signatures: [
        .init(
          fnName: "timesheetParse", severity: "high", errors: 13, errors7d: Figure(18, previous: 2),
          lastAt: time("2025-09-27T06:40:00Z")),
        .init(
          fnName: "invoiceMail", severity: "low", errors: 1, errors7d: Figure(2, previous: 4),
          lastAt: time("2025-09-26T09:00:00Z")),
      ], signaturesOmitted: 1, bodyMismatchesTotal: 1,
      deadLetters: .init(open: Figure(12), new: 12, overdue: 0, oldestAt: time("2025-09-27T01:20:00Z")))
    digest.finance = FinanceSection(
      generated: .init(
        count: Figure(3),
        totals: [.init(currency: "EUR", amount: "99.90"), .init(currency: "GBP", amount: "2469.12")]),
      paid: .init(count: Figure(1), totals: [.init(currency: "GBP", amount: "1234.56")]),
      generated30d: .init(
        count: Figure(15),
        totals: [.init(currency: "EUR", amount: "99.90"), .init(currency: "GBP", amount: "16679.22")]),
      paid30d: .init(count: Figure(10), totals: [.init(currency: "GBP", amount: "11214.56")]),
      averageDaysToPay: Measure(12.25), amountsUnknown: 1, unpaid: Figure(5),
      oldestUnpaid: [
        .init(
          invoiceId: "INV-2025-0790", generatedAt: time("2025-08-20T09:00:00Z"),
          total: .init(currency: "GBP", amount: "1200.00")),
        .init(
          invoiceId: "INV-2025-0841", generatedAt: time("2025-09-04T09:00:00Z"),
          total: .init(currency: "GBP", amount: "310.505")),
      ])
    digest.log = LogSection(
      lastSeq: 94_655, events: Figure(94_655),
      checkpoint: .init(
        seq: 94_655, chain: "a81c0d8a53b7e2946f1c0d8a53b7e294", madeAt: time("2025-09-27T07:00:01Z")))
    return digest
  }

  /// Values that try to be markup, wherever a value from outside stands.
  static var hostile: DailyDigest {
    var digest = badDay
    let text = #"<img src=x onerror=alert(1)> [a](javascript:b) `c` **d** | e"# + "\n# f\u{202E}g & \"h\" 'i'"
    digest.systems = [
      SystemEntry(systemId: text, status: .red, lastHeartbeat: nil, errors24h: Figure(1), notes: [text])
    ]
    digest.objectives[0].title = text
    digest.runs.failures[0].trigger = text
    digest.runs.failures[0].reason = text
    digest.runs.failures[0].lastRunId = text
    digest.runs.stuck[0].runId = text
    digest.runs.stuck[0].trigger = text
    digest.alerts.open[0].rule = text
    digest.alerts.open[0].summary = text
    digest.ci?.repositories[0].repo = text
    digest.ci?.repositories[0].lastJob = text
    digest.ci?.repositories[0].lastUrl = "javascript:alert(1)"
    digest.ci?.repositories[1].lastUrl = "https://example.com/a)(b>\"|c"
    digest.exceptions?.signatures[0].fnName = text
    digest.exceptions?.signatures[0].severity = text
    digest.finance?.oldestUnpaid[0].invoiceId = text
    digest.finance?.oldestUnpaid[0].total.currency = text
    return digest
  }
}
