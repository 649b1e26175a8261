internal import CTGenerated
internal import CTHealth

extension AlertRule {
  /// The rules of a configuration: those that every tower has, unless they are switched off, and its own.
  static func all(_ alerts: Alerting) throws(ConfigurationError) -> [AlertRule] {
    let errors = alerts.functionErrors ?? FunctionErrorsRule()
    let runs = alerts.stuckRuns ?? StuckRunsRule()
    let letters = alerts.deadLetters ?? DeadLettersRule()
    let missed = alerts.objectiveMissed ?? ObjectiveMissedRule()
    let atRisk = alerts.objectiveAtRisk ?? ObjectiveAtRiskRule()
    let expires = alerts.certificateExpires ?? CertificateExpiresRule()
    let soon = alerts.certificateExpiresSoon ?? CertificateExpiresSoonRule()
    let store = alerts.storeUnwritable ?? StoreUnwritableRule()
    let severe = EventPattern(
      type: EventType.backendFnError.rawValue, member: "severity", value: BackendFnErrorPayloadSeverity.high.rawValue)
    let all = Set(Objective.allCases)
    let rules: [AlertRule?] = [
      rule(
        "function-errors", .events(severe, count: errors.count, window: Int64(errors.windowMinutes) * Span.minute),
        errors.severity.rawValue, errors.forMinutes, errors.dedupeKey, errors.channels, errors.enabled),
      rule(
        "stuck-run", .runs, runs.severity.rawValue, runs.forMinutes, runs.dedupeKey, runs.channels, runs.enabled),
      rule(
        "dead-letters", .deadLetters(over: letters.depth), letters.severity.rawValue, letters.forMinutes,
        letters.dedupeKey, letters.channels, letters.enabled),
      rule(
        "objective-missed", .objective(.red, all, systems: nil), missed.severity.rawValue, missed.forMinutes,
        missed.dedupeKey, missed.channels, missed.enabled),
      rule(
        "objective-at-risk", .objective(.amber, all, systems: nil), atRisk.severity.rawValue, atRisk.forMinutes,
        atRisk.dedupeKey, atRisk.channels, atRisk.enabled),
      rule(
        "certificate-expires", .certificates(days: expires.days, unreadable: true), expires.severity.rawValue,
        expires.forMinutes,
        expires.dedupeKey, expires.channels, expires.enabled),
      rule(
        "certificate-expires-soon", .certificates(days: soon.days, unreadable: false), soon.severity.rawValue,
        soon.forMinutes,
        soon.dedupeKey, soon.channels, soon.enabled),
      rule(
        "store-unwritable", .store, store.severity.rawValue, store.forMinutes, store.dedupeKey, store.channels,
        store.enabled),
    ]
    return rules.compactMap { $0 } + (alerts.events ?? []).map(Self.init) + (alerts.objectives ?? []).map(Self.init)
  }

  /// Where each rule that names channels stands in the configuration, and which it names.
  static func channels(_ alerts: Alerting) -> [(place: String, names: [String])] {
    var named: [(String, [String]?)] = [
      ("functionErrors", alerts.functionErrors?.channels), ("stuckRuns", alerts.stuckRuns?.channels),
      ("deadLetters", alerts.deadLetters?.channels), ("objectiveMissed", alerts.objectiveMissed?.channels),
      ("objectiveAtRisk", alerts.objectiveAtRisk?.channels),
      ("certificateExpires", alerts.certificateExpires?.channels),
      ("certificateExpiresSoon", alerts.certificateExpiresSoon?.channels),
      ("storeUnwritable", alerts.storeUnwritable?.channels),
    ]
    for (place, rule) in (alerts.events ?? []).enumerated() { named.append(("events/\(place)", rule.channels)) }
    for (place, rule) in (alerts.objectives ?? []).enumerated() { named.append(("objectives/\(place)", rule.channels)) }
    return named.compactMap { place, names in names.map { ("/alerts/\(place)/channels", $0) } }
  }

  private static func rule(
    _ id: String, _ condition: Condition, _ severity: String, _ forMinutes: Int, _ dedupeKey: String,
    _ channels: [String]?, _ isEnabled: Bool
  ) -> AlertRule? {
    guard isEnabled else { return nil }
    var rule = AlertRule(
      id: id, condition, Severity(severity), hold: Int64(forMinutes) * Span.minute, channels: channels)
    rule.dedupeKey = dedupeKey
    return rule
  }

  private init(_ rule: EventRule) {
    let pattern = EventPattern(
      type: rule.type.rawValue, source: rule.source?.rawValue, member: rule.member, value: rule.equals)
    self.init(
      id: rule.id, .events(pattern, count: rule.count, window: Int64(rule.windowMinutes) * Span.minute),
      Severity(rule.severity.rawValue), hold: Int64(rule.forMinutes) * Span.minute, channels: rule.channels)
    dedupeKey = rule.dedupeKey
  }
}

extension AlertRule {
  private init(_ rule: ObjectiveRule) {
    let objectives = rule.objective.flatMap { Objective(rawValue: $0.rawValue) }.map { [$0] } ?? Objective.allCases
    let level: ObjectiveStatus = rule.level == .amber ? .amber : .red
    self.init(
      id: rule.id, .objective(level, Set(objectives), systems: rule.systems.map { Set($0.map(\.rawValue)) }),
      Severity(rule.severity.rawValue), hold: Int64(rule.forMinutes) * Span.minute, channels: rule.channels)
    dedupeKey = rule.dedupeKey
  }
}

extension Severity {
  /// The schema's severities are the engine's.
  init(_ name: String) { self = Severity(rawValue: name) ?? .error }
}
