internal import CTJSON

extension HealthEngine {
  /// Judges one system at the present instant, and says when to do so again.
  mutating func judge(_ index: Int) {
    let last = systems[index].judgedAt.map { Span.minuteNumber($0.microseconds) }
    measure(index, isNewMinute: last != Span.minuteNumber(now.microseconds))
    systems[index].judgedAt = now
    if systems[index].isTower || !policy.rules.isEmpty {
      let isMuted = isParentRed(index)
      let findings = findings(index)
      if !findings.isEmpty || book.hasOpen(systems[index].id) {
        book.update(
          systems[index].id, findings, unjudged: systems[index].isTower ? unjudgedRules : [], isMuted: isMuted, at: now)
      }
      systems[index].assessment.alerts = book.worstSeverity(of: systems[index].id)
    }
    settle(index)
    systems[index].due = nextDue(index)
  }

  /// The objectives. What is measured over a window is looked at once a minute: that bounds what an event costs.
  private mutating func measure(_ index: Int, isNewMinute: Bool) {
    if isNewMinute {
      systems[index].minutes.expire(at: now)
      systems[index].assessment.latency = systems[index].latencyPolicy.report(systems[index].minutes.latency)
    }
    if systems[index].isTower {
      systems[index].assessment.runs = systems[index].runs.report(at: now)
      systems[index].assessment.fault = facts.storeFault ?? facts.projectionFault
      // The tower hears itself: it is alive when it can say so.
      systems[index].silence.hear(at: now, &calendar)
      if facts.storeFault == nil { systems[index].lastReceivedAt = now }
    }
    systems[index].assessment.heartbeat = systems[index].silence.report(
      at: now, &calendar)
    let errors = systems[index].minutes.errors(inLast: policy.errors.windowMinutes, at: now)
    systems[index].assessment.errorStatus = policy.errors.status(errors)
  }

  private func isParentRed(_ index: Int) -> Bool {
    var parent = systems[index].parent
    // A circle of parents ends somewhere.
    for _ in systems.indices {
      guard let place = parent else { return false }
      if systems[place].status == .red { return true }
      parent = systems[place].parent
    }
    return false
  }

  private mutating func settle(_ index: Int) {
    let status = systems[index].assessment.status
    guard systems[index].since == nil || systems[index].status != status else { return }
    let previous = systems[index].since == nil ? nil : systems[index].status
    systems[index].status = status
    systems[index].since = now
    statusChanges.append(
      StatusChange(system: systems[index].id, status: status, previous: previous, at: now, reasons: reasons(index)))
    // Alerts of those that depend on it begin or cease to be muted.
    guard previous == .red || status == .red else { return }
    for child in systems.indices where child != index && depends(child, on: index) { systems[child].due = now }
  }

  private func depends(_ child: Int, on index: Int) -> Bool {
    var parent = systems[child].parent
    for _ in systems.indices {
      guard let place = parent else { return false }
      if place == index { return true }
      parent = systems[place].parent
    }
    return false
  }

  /// When the system could change by time alone.
  private mutating func nextDue(_ index: Int) -> Timestamp? {
    var next: Timestamp?
    func consider(_ instant: Timestamp?) {
      if let instant, instant > now { next = min(next ?? instant, instant) }
    }
    let record = systems[index]
    if record.isTower || !record.minutes.isEmpty || record.runs.hasOutcomes { consider(nextMinute) }
    if record.isTower { consider(record.runs.nextOverdue(after: now)) }
    switch record.assessment.heartbeat.status {
    case .green: consider(record.silence.exceeds(record.heartbeatPolicy.amber, &calendar))
    case .amber: consider(record.silence.exceeds(record.heartbeatPolicy.red, &calendar))
    case .red, .insufficientData: break
    }
    for trigger in record.triggers { consider(trigger.end) }
    consider(book.nextChange(of: record.id, after: now))
    return next
  }

  // MARK: Findings

  /// Which rules' conditions hold for a system.
  private mutating func findings(_ index: Int) -> [Finding] {
    var findings: [Finding] = []
    for place in systems[index].triggers.indices {
      let rule = systems[index].triggers[place].rule
      guard case .events(let pattern, _, let window) = policy.rules[rule].condition,
        let (count, since) = systems[index].triggers[place].holds(at: now)
      else { continue }
      let subject = Finding.Subject.events(count: count, window: window, type: pattern.type, since: since)
      findings.append(Finding(rule: rule, system: systems[index].id, subject: subject))
    }
    for rule in systems[index].rules {
      findings += subjects(of: policy.rules[rule].condition, index).map {
        Finding(rule: rule, system: systems[index].id, subject: $0)
      }
    }
    return findings
  }

  /// Rules about what nobody has looked at since the start: their alerts stay as they were.
  private var unjudgedRules: Set<String> {
    guard facts.deadLetters == nil || facts.certificates == nil else { return [] }
    let rules = policy.rules.filter { rule in
      switch rule.condition {
      case .deadLetters: facts.deadLetters == nil
      case .certificates: facts.certificates == nil
      case .events, .runs, .objective, .store: false
      }
    }
    return Set(rules.map(\.id))
  }

  private func subjects(of condition: AlertRule.Condition, _ index: Int) -> [Finding.Subject] {
    switch condition {
    case .events: return []
    case .objective(let level, let objectives, _):
      return systems[index].assessment.objectives.filter { $0.status == level && objectives.contains($0.objective) }
        .map { .objective($0, lastHeard: systems[index].lastReceivedAt) }
    case .runs:
      return systems[index].runs.overdue(at: now).map {
        .run(id: $0.id, trigger: $0.run.trigger, startedAt: $0.run.startedAt, limit: $0.limit)
      }
    case .deadLetters(let limit):
      guard let count = facts.deadLetters, count > limit else { return [] }
      return [.deadLetters(count, over: limit)]
    case .certificates(let days, let unreadable):
      let limit = now.advanced(by: Int64(days) * Span.day)
      return (facts.certificates ?? []).filter { certificate in
        switch certificate.validity {
        case .until(let end): end < limit
        case .unknown: unreadable
        }
      }.map { .certificate($0) }
    case .store: return facts.storeFault.map { [.store($0)] } ?? []
    }
  }
}
