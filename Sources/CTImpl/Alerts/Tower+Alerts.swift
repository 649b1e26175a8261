package import CTGenerated
internal import CTHTTP
internal import CTHealth
internal import CTJSON
internal import CTRuntime
internal import CTStore

extension Tower {
  private var shelf: AlertShelf { AlertShelf(store: store) }

  package func listAlerts(_ input: ListAlerts.Input) async throws -> ListAlerts.Output {
    await monitor.step()
    let filter = AlertShelf.Filter(
      state: input.state.flatMap { .init(rawValue: $0.rawValue) },
      severity: input.severity.flatMap { .init(rawValue: $0.rawValue) }, system: input.system?.rawValue,
      rule: input.rule)
    let (alerts, next) = try await shelf.page(filter, before: input.cursor, limit: input.limit)
    let link = next.map { next in
      var query: [String] = []
      if let state = input.state { query.append("state=\(state.rawValue)") }
      if let severity = input.severity { query.append("severity=\(severity.rawValue)") }
      if let system = input.system { query.append("system=\(system.rawValue)") }
      if let rule = input.rule { query.append("rule=\(rule)") }
      query += ["limit=\(input.limit)", "cursor=\(next)"]
      return "</alerts?\(query.joined(separator: "&"))>; rel=\"next\""
    }
    return .ok(.init(link: link, body: alerts.map { CTGenerated.Alert($0) }))
  }

  package func getAlert(_ input: GetAlert.Input) async throws -> GetAlert.Output {
    await monitor.step()
    return .ok(.init(body: CTGenerated.Alert(try await shelf.find(input.id))))
  }

  package func acknowledgeAlert(_ input: AcknowledgeAlert.Input) async throws -> AcknowledgeAlert.Output {
    let (id, caller, note) = (input.id, input.caller.name, input.body.note)
    let alert = try await monitor.change { engine, now in
      engine.acknowledge(id, by: caller, note: note, at: now)
    }
    guard let alert else { throw try await refusal(id, "acknowledged") }
    return .ok(.init(body: CTGenerated.Alert(alert)))
  }

  package func snoozeAlert(_ input: SnoozeAlert.Input) async throws -> SnoozeAlert.Output {
    let (id, caller, minutes) = (input.id, input.caller.name, input.body.minutes)
    let alert = try await monitor.change { engine, now in
      let until = Timestamp(microseconds: now.microseconds + Int64(minutes) * Span.minute)
      return engine.snooze(id, until: until, by: caller, at: now)
    }
    guard let alert else { throw try await refusal(id, "snoozed") }
    return .ok(.init(body: CTGenerated.Alert(alert)))
  }

  /// Why nothing could be done about an alert that does not fire: there is none, or it is over.
  private func refusal(_ id: String, _ deed: String) async throws -> ProblemDetails {
    _ = try await shelf.find(id)
    return ProblemDetails(.conflict, "The alert is over; it cannot be \(deed) any more.")
  }
}

extension CTGenerated.Alert {
  /// The alert as the spec shows it.
  init(_ alert: CTHealth.Alert) {
    self.init(
      id: alert.id, rule: alert.rule, severity: AlertSeverity(rawValue: alert.severity.rawValue) ?? .error,
      state: alert.state == .resolved ? .resolved : .firing, title: alert.title, detail: alert.detail,
      systemId: Source(rawValue: alert.systemId) ?? .tower, dedupeKey: alert.dedupeKey, link: alert.link,
      since: alert.since, startedAt: alert.startedAt ?? alert.since, updatedAt: alert.updatedAt,
      resolvedAt: alert.resolvedAt,
      acknowledged: alert.acknowledged.map { AlertAcknowledgement(by: $0.by, at: $0.at, note: $0.note) },
      snoozedUntil: alert.snoozedUntil, snoozedBy: alert.snoozedBy, muted: alert.isMuted, notifiedAt: alert.notifiedAt)
  }
}
