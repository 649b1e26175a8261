internal import CTJSON

/// Makes the events of a scenario, day by day.
struct ScenarioMaker {
  private let scenario: Scenario
  private var random: ScenarioRandom
  private var events: [ScenarioEvent] = []
  private var number = 0
  private var invoices = 0
  private var unpaid: [String] = []

  private static let second: Int64 = 1_000_000
  private static let minute = 60 * second

  init(_ scenario: Scenario) {
    self.scenario = scenario
    random = ScenarioRandom(seed: scenario.seed)
  }

  /// In the order of arrival; of those that arrive together, in the order in which they were made.
  func finish() -> [ScenarioEvent] {
    events.enumerated().sorted { ($0.element.receivedAt, $0.offset) < ($1.element.receivedAt, $1.offset) }.map(
      \.element)
  }

  mutating func makeDay(_ index: Int) {
    let start = scenario.start.microseconds + Int64(index) * Scenario.day
    let isWorkday = Scenario.weekday(start) <= 5 && !scenario.holidays.contains(start / Scenario.day)
    for minute in 0..<1440 {
      let instant = start + Int64(minute) * Self.minute
      // In UTC: from an hour before the offices in London open in summer to an hour after they close in winter.
      let isBusy = isWorkday && (8 * 60..<17 * 60).contains(minute)
      makeHeartbeats(instant, minute, isOfficeOpen: isWorkday && (7 * 60..<18 * 60).contains(minute))
      if isBusy { makeBusiness(instant) } else if random.below(90) == 0 { makeForm(instant) }
    }
    for incident in scenario.incidents { makeIncident(incident, from: start, to: start + Scenario.day) }
  }

  /// Every five minutes from every system; the desktop manager runs while somebody is in the office.
  private mutating func makeHeartbeats(_ instant: Int64, _ minute: Int, isOfficeOpen: Bool) {
    guard minute % 5 == 0 else { return }
    for (place, system) in Scenario.systems.enumerated() where system != "desktop" || isOfficeOpen {
      add("system.heartbeat", system, instant + Int64(place * 7) * Self.second, [])
    }
  }

  /// What people do in a minute of a working day.
  private mutating func makeBusiness(_ instant: Int64) {
    let at = instant + Int64(random.below(60)) * Self.second
    if random.below(12) == 0 {
      let contractor = "C\(100 + random.below(60))"
      add(
        "portal.upload.received", "portal", at,
        [("contractorId", .string(contractor)), ("fileRef", .string("gs://swan-uploads/\(contractor)/\(number).pdf"))])
      add(
        "excel.timesheet.ingested", "backend", at + 90 * Self.second,
        [
          ("contractorId", .string(contractor)), ("period", .string(Self.month(at))),
          ("totalHours", .number(JSONNumber(20 + random.below(25)))),
        ])
    }
    if random.below(25) == 0 { makeInvoice(at) }
    if random.below(30) == 0, !unpaid.isEmpty { makePayment(at) }
    if random.below(40) == 0 { makeForm(instant) }
    if random.below(45) == 0 { makeRun(at) }
    if random.below(240) == 0 { makeWorkflow(at) }
  }

  private mutating func makeForm(_ instant: Int64) {
    let at = instant + Int64(random.below(60)) * Self.second
    add(
      "website.form.submitted", "website", at,
      [("formId", .string("lead-\(number)")), ("captchaScore", .number(JSONNumber("0.\(5 + random.below(5))")!))])
  }

  private mutating func makeInvoice(_ at: Int64) {
    invoices += 1
    let id = "INV-\(Self.month(at).prefix(4))-\(String(String(10_000 + invoices).dropFirst()))"
    unpaid.append(id)
    let net = 400 + random.below(4000)
    add(
      "finance.invoice.generated", "finance", at,
      [
        ("invoiceId", .string(id)), ("period", .string(Self.month(at))),
        ("total", .number(JSONNumber("\(net * 12 / 10).\(10 + random.below(90))")!)),
        ("vat", .number(JSONNumber("\(net * 2 / 10).00")!)), ("currency", .string("GBP")),
      ])
  }

  private mutating func makePayment(_ at: Int64) {
    let id = unpaid.remove(at: random.below(min(20, unpaid.count)))
    add(
      "finance.payment.webhook", "finance", at,
      [("invoiceId", .string(id)), ("statusFrom", .string("pending")), ("statusTo", .string("paid"))])
  }

  private mutating func makeWorkflow(_ at: Int64) {
    let repo = ["swan-portal", "swan-backend", "swan-website"][random.below(3)]
    let run = 1_200_000 + number
    add(
      "ci.workflow.failed", "github", at,
      [
        ("repo", .string(repo)), ("runId", .number(JSONNumber(run))),
        ("job", .string(["build", "test", "deploy"][random.below(3)])),
        ("url", .string("https://github.com/swan/\(repo)/actions/runs/\(run)")),
      ])
  }

  private static let triggers = ["contract.regenerate", "finance.export.backfill", "portal.notify.retry"]

  /// A run of the tower, with the event of the desktop manager that asked for it.
  private mutating func makeRun(_ at: Int64) {
    let trigger = Self.triggers[random.below(3)]
    let id = "run_demo_\(number)"
    let about: [(String, JSONValue)] = [("runId", .string(id)), ("trigger", .string(trigger))]
    if trigger == "contract.regenerate" {
      add(
        "desktop.trigger.contract", "desktop", at - 2 * Self.second,
        [
          ("contractorId", .string("C\(100 + random.below(60))")),
          ("contractId", .string("K\(400 + random.below(90))")),
        ])
    }
    add("run.started", "tower", at, about, correlation: id)
    var duration = Int64(5 + random.below(200)) * Self.second
    var status = random.below(150) == 0 ? "failed" : random.below(60) == 0 ? "cancelled" : "success"
    for incident in scenario.incidents where incident.covers(at) {
      switch incident.kind {
      case .stuckRuns: duration = max(duration, incident.to.microseconds - at)
      case .failingRuns: status = "failed"
      default: break
      }
    }
    add(
      "run.finished", "tower", at + duration,
      about + [("status", .string(status)), ("durationMs", .number(JSONNumber(duration / 1000)))], correlation: id)
  }

  private mutating func makeIncident(_ incident: Scenario.Incident, from start: Int64, to end: Int64) {
    guard incident.from.microseconds >= start, incident.from.microseconds < end else { return }
    let step: Int
    switch incident.kind {
    case .errors(_, let seconds), .failingWorkflows(let seconds): step = seconds
    case .stuckRuns: return makeRun(incident.from.microseconds)
    default: return
    }
    for at in stride(
      from: incident.from.microseconds, to: incident.to.microseconds, by: step * Int(Self.second))
    {
      guard case .errors(let severity, _) = incident.kind else {
        makeWorkflow(at)
        continue
      }
      add(
        "backend.fn.error", "backend", at,
        [
          ("fnName", .string(["timesheetParse", "invoiceRender"][random.below(2)])), ("severity", .string(severity)),
          ("logRef", .string("gs://swan-logs/\(number).txt")),
        ])
    }
  }

  private mutating func add(
    _ type: String, _ source: String, _ at: Int64, _ payload: [(String, JSONValue)], correlation: String? = nil
  ) {
    number += 1
    // The network and the producers' queues: mostly a fraction of a second, sometimes a few.
    var delay = Int64(80 + random.below(600)) * 1000
    if random.below(50) == 0 { delay += Int64(random.below(8)) * Self.second }
    if source == "tower" { delay = 0 }
    for incident in scenario.incidents where incident.system == source && incident.covers(at) {
      switch incident.kind {
      case .silence where type == "system.heartbeat": return
      // What happened meanwhile is sent when it is over.
      case .silence: delay = incident.to.microseconds - at + delay
      case .delay(let seconds): delay += Int64(seconds) * Self.second
      default: break
      }
    }
    events.append(
      ScenarioEvent(
        eventId: "evt_demo_\(scenario.seed)_\(number)", type: type, source: source, ts: Timestamp(microseconds: at),
        receivedAt: Timestamp(microseconds: at + delay), correlationId: correlation,
        payload: .object(payload.map { .init(key: $0.0, value: $0.1) })))
  }

  /// Such as 2025-09.
  private static func month(_ microseconds: Int64) -> String {
    String(Timestamp(microseconds: microseconds).description.prefix(7))
  }
}

extension Scenario.Incident {
  func covers(_ instant: Int64) -> Bool { (from.microseconds..<to.microseconds).contains(instant) }
}
