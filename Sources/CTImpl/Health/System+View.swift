internal import CTGenerated
internal import CTHealth
internal import CTJSON

extension SLO {
  init(_ report: ObjectiveReport) {
    self.init(
      objective: SLOObjective(rawValue: report.objective.rawValue) ?? .heartbeat,
      status: SLOStatus(rawValue: report.status.rawValue) ?? .insufficientData,
      unit: report.objective == .runSuccess ? .ratio : .seconds, target: .rounded(report.target),
      current: report.current.map { .rounded($0) }, windowSeconds: report.windowSeconds, samples: report.samples,
      errorBudgetLeft: report.errorBudgetLeft.map { .rounded($0) })
  }
}

extension JSONNumber {
  /// To four decimals at most.
  static func rounded(_ value: Double) -> JSONNumber {
    let scaled = Int64((value * 10_000).rounded())
    guard scaled % 10_000 != 0 else { return JSONNumber(scaled / 10_000) }
    var digits = String(scaled.magnitude % 10_000 + 10_000).dropFirst()
    while digits.last == "0" { digits.removeLast() }
    return JSONNumber("\(scaled < 0 ? "-" : "")\(scaled.magnitude / 10_000).\(digits)") ?? 0
  }
}

extension System {
  /// - Parameter isStable: without what grows with the time of day alone.
  init(_ view: SystemView, isOpen: Bool, isStable: Bool = false) {
    func slo(_ objective: Objective) -> SLO? {
      view.objectives.first { $0.objective == objective }.map { report in
        var report = report
        if isStable, objective == .heartbeat {
          report.current = nil
          report.errorBudgetLeft = nil
        }
        return SLO(report)
      }
    }
    var notes: [String] = []
    if !isOpen { notes.append("Outside business hours: silence does not count.") }
    if view.alerts.contains(where: \.isMuted) {
      notes.append("Its alerts stay quiet while a system that it depends on is red.")
    }
    self.init(
      systemId: Source(rawValue: view.id) ?? .tower, status: Status(view.status), since: view.since,
      lastHeartbeat: isStable && view.id == HealthPolicy.towerId ? nil : view.lastReceivedAt, errors24h: view.errors24h,
      slo: SystemSlo(
        heartbeat: slo(.heartbeat)!, intakeLatency: slo(.intakeLatency)!, runSuccess: slo(.runSuccess)),
      reasons: view.reasons.prefix(100).map { CTGenerated.Reason($0) }, notes: notes)
  }
}

extension Status {
  init(_ status: SystemStatus) { self = Status(rawValue: status.rawValue) ?? .unknown }
}

extension CTGenerated.Reason {
  init(_ reason: CTHealth.Reason) {
    self.init(status: Status(reason.status), text: reason.text, link: reason.link)
  }
}

extension SystemSnapshot {
  init(_ system: System) {
    self.init(
      systemId: system.systemId, status: system.status, lastHeartbeat: system.lastHeartbeat,
      errors24h: system.errors24h, since: system.since)
  }
}
