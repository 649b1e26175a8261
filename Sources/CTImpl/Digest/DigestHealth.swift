package import CTDigest
internal import CTGenerated
internal import CTHealth
internal import CTJSON
internal import CTStore

/// How everything is, for a digest.
package struct DigestHealth: Sendable {
  package var systems: [SystemEntry]
  package var objectives: [ObjectiveEntry]
  package var alerts: AlertsSection

  package init(systems: [SystemEntry], objectives: [ObjectiveEntry], alerts: AlertsSection) {
    self.systems = systems
    self.objectives = objectives
    self.alerts = alerts
  }

  /// When GitHub was last heard: whether no failure of its workflows is good news.
  var githubLastHeartbeat: Timestamp? {
    systems.first { $0.systemId == Source.github.rawValue }?.lastHeartbeat
  }
}

/// Who knows how everything is.
package protocol DigestHealthSource: Sendable {
  /// How it is now, and the alerts of a period.
  func digestHealth(_ period: Period) async throws -> DigestHealth
}

/// Systems, objectives and alerts as `GET /systems`, `GET /slo` and `GET /alerts` show them.
extension HealthMonitor: DigestHealthSource {
  package func digestHealth(_ period: Period) async throws -> DigestHealth {
    await catchUp()
    let (views, overall, open) = read { ($0.views, $0.overall, $0.openAlerts) }
    var alerts = AlertsSection()
    alerts.open = open.filter { $0.state == .firing }.sorted { ($1.severity, $0.since) < ($0.severity, $1.since) }
      .map { AlertsSection.Entry($0) }
    alerts.resolved = try await resolvedAlerts(in: period).map { AlertsSection.Entry($0) }
    return DigestHealth(
      systems: views.map { SystemEntry($0) }, objectives: overall.map { ObjectiveEntry($0) }, alerts: alerts.bounded())
  }

  private func resolvedAlerts(in period: Period) async throws -> [CTHealth.Alert] {
    var filter = AlertShelf.Filter()
    filter.state = .resolved
    let page = try await AlertShelf(store: store).page(filter, before: nil, limit: 500)
    return page.alerts.filter { $0.resolvedAt.map { period.from <= $0 && $0 < period.to } ?? false }
  }
}

extension AlertsSection {
  /// As many as a digest has place for; the rest is counted.
  fileprivate func bounded() -> AlertsSection {
    let place = 100
    return AlertsSection(
      open: Array(open.prefix(place)), resolved: Array(resolved.prefix(place)),
      omitted: max(0, open.count - place) + max(0, resolved.count - place))
  }
}

extension AlertsSection.Entry {
  fileprivate init(_ alert: CTHealth.Alert) {
    let severity: AlertsSection.Severity =
      switch alert.severity {
      case .critical: .critical
      case .error, .warning: .warning
      case .info: .info
      }
    self.init(
      rule: alert.rule, severity: severity, summary: alert.title, since: alert.since, resolvedAt: alert.resolvedAt)
  }
}

extension SystemEntry {
  fileprivate init(_ view: SystemView) {
    self.init(
      systemId: view.id, status: HealthStatus(rawValue: view.status.rawValue) ?? .unknown,
      lastHeartbeat: view.lastReceivedAt, errors24h: Figure(view.errors24h), notes: view.reasons.map(\.text))
  }
}

extension ObjectiveEntry {
  fileprivate init(_ report: ObjectiveReport) {
    let isRatio = report.objective == .runSuccess
    let scale: Double = isRatio ? 100 : 1
    self.init(
      id: report.objective.rawValue, title: report.objective.title,
      status: CTDigest.ObjectiveStatus(rawValue: report.status.rawValue) ?? .insufficientData,
      unit: isRatio ? .percent : .seconds, direction: isRatio ? .atLeast : .atMost, target: report.target * scale,
      value: Measure(report.current.map { $0 * scale }))
  }
}

extension Objective {
  /// What a digest calls it.
  fileprivate var title: String {
    switch self {
    case .intakeLatency: "Event intake latency, 95th percentile"
    case .runSuccess: "Runs that succeed"
    case .heartbeat: "Longest silence"
    }
  }
}
