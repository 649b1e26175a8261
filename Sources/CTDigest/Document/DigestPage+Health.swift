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

  var objectiveNotices: [Notice] {
    digest.objectives.filter { $0.status == .red || $0.status == .amber }.map { objective in
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
    let columns = [
      Table.Column(title: "Objective"), .init(title: "Status"), .init(title: "Value", isNumber: true),
      .init(title: "Target", isNumber: true), .init(title: "Trend"),
    ]
    let rows = digest.objectives.map { objective -> [Line] in
      var value: Line = [.text(objective.value.value.map { objective.text($0) } ?? "–")]
      value += Change.of(objective.value, good: objective.direction == .atMost ? .down : .up) {
        objective.text($0, isDifference: true)
      }
      return [
        [.text(objective.title)], [objective.status.inline], value, [.text(objective.targetText)],
        [.text(objective.trendText)],
      ]
    }
    return [.heading("Objectives"), .table(Table(columns: columns, rows: rows))]
  }

  // MARK: Alerts

  var alertNotices: [Notice] {
    digest.alerts.open.map { alert in
      let tone: Tone = alert.severity == .critical ? .bad : .warning
      return Notice(
        tone,
        [.text("Alert "), .strong(alert.rule), .text(": \(alert.summary) Since \(local(alert.since).dateAndClock).")])
    }
  }

  var alerts: [Block] {
    let alerts = digest.alerts
    guard !alerts.open.isEmpty || !alerts.resolved.isEmpty || alerts.omitted > 0 else {
      return [.heading("Alerts"), .paragraph([.text("No alerts.")])]
    }
    var lines = alerts.open.map { entry -> Line in
      [
        .status(entry.severity == .critical ? .bad : .warning, "\(entry.severity.rawValue)"), .text(" "),
        .strong(entry.rule), .text(": raised \(local(entry.since).dateAndClock). \(entry.summary)"),
      ]
    }
    lines += alerts.resolved.map { entry in
      let lasted = entry.resolvedAt.map { Words.duration(seconds: seconds(from: entry.since, to: $0)) } ?? "?"
      return [
        .status(.good, "resolved"), .text(" "), .strong(entry.rule), .text(": lasted \(lasted). \(entry.summary)"),
      ]
    }
    if alerts.omitted > 0 { lines.append([.text("And \(Words.counted(alerts.omitted, "more alert")).")]) }
    return [.heading("Alerts"), .list(lines)]
  }
}

extension ObjectiveEntry {
  /// A value in the objective's unit.
  func text(_ value: Double, isDifference: Bool = false) -> String {
    switch unit {
    case .seconds: Words.shortDuration(seconds: value)
    // A difference of percentages is in points.
    case .percent: Words.decimal(value, digits: 2) + (isDifference ? " pts" : " %")
    }
  }

  var targetText: String { (direction == .atMost ? "≤ " : "≥ ") + text(target) }

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
