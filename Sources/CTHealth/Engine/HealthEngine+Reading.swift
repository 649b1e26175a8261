package import CTJSON

/// One system, as people are shown it.
package struct SystemView: Sendable {
  package var id: String
  package var status: SystemStatus
  package var since: Timestamp
  package var lastReceivedAt: Timestamp?
  package var errors24h: Int
  package var objectives: [ObjectiveReport]
  package var reasons: [Reason]
  /// The alerts that fire, by id.
  package var alerts: [Alert]
}

extension HealthEngine {
  /// The systems by name, as they were last judged.
  package var views: [SystemView] { systems.indices.map(view).sorted { $0.id < $1.id } }

  package func view(of system: String) -> SystemView? { index(of: system).map(view) }

  /// The worst of all.
  package var status: SystemStatus { .worst(systems.map(\.status)) }

  /// Alerts that are open, also those that are pending.
  package var openAlerts: [Alert] { book.open.values.sorted { $0.id < $1.id } }

  /// How all systems together stand: latency over all events, the longest silence, and the tower's runs.
  package var overall: [ObjectiveReport] {
    var latency = LatencyHistogram()
    for record in systems { latency.add(record.minutes.latency) }
    var reports = [policy.latency.report(latency)]
    let heartbeats = systems.filter { !$0.isTower }.map(\.assessment.heartbeat)
    if var worst = heartbeats.filter({ $0.current != nil }).max(by: { $0.current! < $1.current! }) ?? heartbeats.first {
      worst.samples = heartbeats.reduce(0) { $0 + $1.samples }
      worst.errorBudgetLeft = heartbeats.compactMap(\.errorBudgetLeft).min()
      reports.append(worst)
    }
    if let tower = index(of: HealthPolicy.towerId), let runs = systems[tower].assessment.runs { reports.append(runs) }
    return reports
  }

  /// How long the events of the window took to arrive, by system.
  package var latencies: [(system: String, latency: LatencyHistogram)] {
    systems.map { ($0.id, $0.minutes.latency) }.sorted { $0.0 < $1.0 }
  }

  /// How long events took to arrive since the start, by system.
  package var arrivals: [(system: String, counts: LatencyCounts)] {
    systems.map { ($0.id, $0.arrivals) }.sorted { $0.0 < $1.0 }
  }

  /// Minutes that are kept, of all systems: what the memory that is used depends on.
  package var keptMinutes: Int { systems.reduce(0) { $0 + $1.minutes.minutes } }

  private func view(_ index: Int) -> SystemView {
    let record = systems[index]
    return SystemView(
      id: record.id, status: record.status, since: record.since ?? now, lastReceivedAt: record.lastReceivedAt,
      errors24h: record.minutes.errors(inLast: 1440, at: now), objectives: record.assessment.objectives,
      reasons: reasons(index), alerts: book.alerts(of: record.id).filter { $0.state == .firing })
  }

  /// Everything that keeps the system from being green, the worst first; what it is green for when it is.
  func reasons(_ index: Int) -> [Reason] {
    let record = systems[index]
    var reasons: [Reason] = []
    if let fault = record.assessment.fault {
      reasons.append(Reason(status: .red, text: "The tower cannot keep up its store: \(fault).", link: "/readyz"))
    }
    for report in record.assessment.objectives where report.status == .red || report.status == .amber {
      let link =
        report.objective == .intakeLatency
        ? "/events?source=\(record.id)" : report.objective == .runSuccess ? "/events?type=run.finished" : nil
      reasons.append(
        Reason(
          status: SystemStatus(report.status), text: Finding.text(report, record.lastReceivedAt),
          link: link ?? evidence(record)))
    }
    if record.assessment.errorStatus != .green {
      let errors = record.minutes.errors(inLast: policy.errors.windowMinutes, at: now)
      let text =
        "\(errors == 1 ? "One error" : "\(errors) errors") in the last \(Span.text(policy.errors.windowMinutes * Span.minute))."
      let start = now.advanced(by: -policy.errors.windowMinutes * Span.minute)
      reasons.append(
        Reason(status: record.assessment.errorStatus, text: text, link: "/events?source=\(record.id)&from=\(start)"))
    }
    for alert in book.alerts(of: record.id) where alert.state == .firing && alert.severity >= .error {
      guard alert.rule != "", !reasons.contains(where: { $0.text == alert.detail }) else { continue }
      reasons.append(
        Reason(
          status: alert.severity == .critical ? .red : .amber, text: alert.title + ".", link: "/alerts/\(alert.id)"))
    }
    if record.status == .unknown, record.lastReceivedAt == nil {
      reasons.append(Reason(status: .unknown, text: "Nothing has been received from it yet."))
    }
    return reasons.sorted { Self.rank($0.status) > Self.rank($1.status) }
  }

  /// What was heard last.
  private func evidence(_ record: SystemRecord) -> String? {
    record.lastReceivedAt.map { "/events?source=\(record.id)&to=\($0.advanced(by: Span.second))" }
  }

  private static func rank(_ status: SystemStatus) -> Int {
    switch status {
    case .red: 3
    case .amber: 2
    case .unknown: 1
    case .green: 0
    }
  }
}

extension HealthEngine {
  /// Whether people work now.
  package var isOpen: Bool {
    var calendar = calendar
    return calendar.isOpen(at: now)
  }
}
