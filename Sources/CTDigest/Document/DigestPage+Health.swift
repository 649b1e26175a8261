extension DigestPage {
  // MARK: Systems

  var systemNotices: [Notice] {
    let troubled = digest.systems.filter { $0.status == .red || $0.status == .amber }
    let unknown = digest.systems.filter { $0.status == .unknown }.map(\.systemId)
    var notices = troubled.map { system in
      let reason = system.notes.joined(separator: " ")
      return Notice(
        system.status.tone,
        [.strong(system.systemId), .text(" is \(system.status.rawValue)."), .text(reason.isEmpty ? "" : " \(reason)")])
    }
    if !unknown.isEmpty {
      let verb = unknown.count == 1 ? "has" : "have"
      notices.append(
        Notice(.unknown, [.strong(Words.list(unknown)), .text(" \(verb) not been heard of yet.")]))
    }
    return notices
  }

  var systems: [Block] {
    let worstFirst = HealthStatus.allCases.flatMap { status in digest.systems.filter { $0.status == status } }
    let columns = [
      Table.Column(title: "System"), .init(title: "Status"), .init(title: "Last heard"),
      .init(title: "Errors (24 h)", isNumber: true),
    ]
    let rows = worstFirst.map { system -> [Line] in
      let heard = system.lastHeartbeat.map(shortAge) ?? "never"
      return [
        [.text(system.systemId)], [system.status.inline], [.text(heard)], Change.line(system.errors24h, good: .down),
      ]
    }
    return [.heading("Systems"), .table(Table(columns: columns, rows: rows))]
  }

  // MARK: Objectives

  /// A system that misses an objective is as bad as that, and says why: it is not said twice.
  var objectiveNotices: [Notice] {
    let tones = systemNotices.map(\.tone)
    let isRedTold = tones.contains(.bad)
    let isAmberTold = isRedTold || tones.contains(.warning)
    return digest.objectives.filter { $0.status == .red && !isRedTold || $0.status == .amber && !isAmberTold }.map {
      objective in
      let value = objective.value.value.map { objective.text($0) } ?? "unknown"
      return Notice(
        objective.status.tone,
        [
          .strong(objective.title),
          .text(" is \(objective.status.rawValue): \(value), objective \(objective.targetText)."),
        ])
    }
  }

  var objectives: [Block] {
    guard !digest.objectives.isEmpty else { return [] }
    // Four columns are what a phone has room for.
    let columns = [
      Table.Column(title: "Objective"), .init(title: "Status"), .init(title: "Value", isNumber: true),
      .init(title: "Trend"),
    ]
    let rows = digest.objectives.map { objective -> [Line] in
      var value: Line = [.text(objective.value.value.map { objective.text($0) } ?? "–")]
      value += Change.of(objective.value, good: objective.direction == .atMost ? .down : .up) {
        objective.text($0, isDifference: true)
      }
      return [
        [.text(objective.title), .faint(" (\(objective.targetText))")], [objective.status.inline], value,
        [.text(objective.trendText)],
      ]
    }
    return [.heading("Objectives"), .table(Table(columns: columns, rows: rows))]
  }

  // MARK: Alerts

  /// As many alerts as the top of the page has place for; what only informs is not up there.
  private var pressingAlerts: ArraySlice<AlertsSection.Entry> {
    digest.alerts.open.filter { $0.severity != .info }.prefix(5)
  }

  var alertNotices: [Notice] {
    pressingAlerts.map { alert in
      Notice(
        alert.severity == .critical ? .bad : .warning,
        [
          .text("Alert "), .strong(alert.rule),
          .text(": \(Words.sentence(alert.summary)) Since \(local(alert.since).dateAndClock)."),
        ])
    }
  }

  var alerts: Section {
    let alerts = digest.alerts
    let above = pressingAlerts.count
    guard !alerts.open.isEmpty || !alerts.resolved.isEmpty || alerts.omitted > 0 else {
      return .quiet([.strong("Alerts"), .text(": none.")])
    }
    var lines: [Line] = above == 0 ? [] : [[.text("\(Words.counted(above, "alert")) open, see above.")]]
    lines += alerts.open.filter { !pressingAlerts.contains($0) }.map { entry in
      [
        .status(entry.severity.tone, entry.severity.rawValue), .text(" "), .strong(entry.rule),
        .text(": \(Words.sentence(entry.summary)) Since \(local(entry.since).dateAndClock)."),
      ]
    }
    let place = 10
    lines += alerts.resolved.prefix(place).map { entry in
      let lasted = entry.resolvedAt.map { Words.duration(seconds: seconds(from: entry.since, to: $0)) } ?? "?"
      return [
        .status(.good, "resolved"), .text(" "), .strong(entry.rule),
        .text(" after \(lasted): \(Words.sentence(entry.summary))"),
      ]
    }
    let more = alerts.omitted + max(0, alerts.resolved.count - place)
    if more > 0 { lines.append([.text("And \(Words.counted(more, "more alert")).")]) }
    return .blocks([.heading("Alerts"), .list(lines)])
  }
}

extension AlertsSection.Severity {
  fileprivate var tone: Tone {
    switch self {
    case .critical: .bad
    case .warning: .warning
    case .info: .unknown
    }
  }
}

extension ObjectiveEntry {
  /// A value in the objective's unit.
  func text(_ value: Double, isDifference: Bool = false) -> String {
    switch unit {
    case .seconds: Words.shortDuration(seconds: value)
    // A difference of percentages is in points.
    case .percent: Words.decimal(value, digits: 2) + Words.joint + (isDifference ? "pts" : "%")
    }
  }

  var targetText: String { (direction == .atMost ? "≤" : "≥") + Words.joint + text(target) }

  /// The last days as a row of bars, scaled between the least and the largest; `·` where there was too little data.
  var trendText: String {
    let values = trend.compactMap(\.value)
    guard values.count > 1, let least = values.min(), let most = values.max() else { return "–" }
    let bars = Array("▁▂▃▄▅▆▇█")
    return String(
      trend.map { point -> Character in
        guard let value = point.value else { return "·" }
        guard most > least else { return bars[3] }
        return bars[Int(((value - least) / (most - least) * 7).rounded())]
      })
  }
}
