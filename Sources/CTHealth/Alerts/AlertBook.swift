internal import CTJSON

/// The alerts that are open: one for each dedupe key. Decides what fires, what is told to whom, and what is over.
struct AlertBook: Sendable {
  private let rules: [AlertRule]
  /// The dedupe keys of the rules, with the rules' names in them.
  private let templates: [String]
  private let delivery: DeliveryPolicy
  /// By dedupe key.
  private(set) var open: [String: Alert] = [:]
  /// The dedupe keys of each system's open alerts, so that a system without any costs nothing.
  private var keys: [String: Set<String>] = [:]
  private(set) var changes: [AlertChange] = []

  init(_ policy: HealthPolicy) {
    rules = policy.rules
    templates = policy.rules.map { $0.dedupeKey.replacingRule($0.id) }
    delivery = policy.delivery
  }

  mutating func takeChanges() -> [AlertChange] {
    defer { changes = [] }
    return changes
  }

  /// Takes over an alert that was open before a restart.
  mutating func restore(_ alert: Alert) { put(alert) }

  /// Ends the alerts of systems that are not watched any more.
  mutating func endOrphans(_ watched: Set<String>, at now: Timestamp) {
    for alert in open.values.sorted(by: { $0.id < $1.id }) where !watched.contains(alert.systemId) {
      end(alert, at: now)
    }
  }

  func hasOpen(_ system: String) -> Bool { keys[system] != nil }

  func alerts(of system: String) -> [Alert] { (keys[system] ?? []).compactMap { open[$0] }.sorted { $0.id < $1.id } }

  // MARK: Evaluation

  /// Holds what was found about a system against its open alerts.
  ///
  /// - Parameter unjudged: the rules of which nothing could be found; their alerts stay as they are.
  mutating func update(
    _ system: String, _ findings: [Finding], unjudged: Set<String> = [], isMuted: Bool, at now: Timestamp
  ) {
    var gone = keys[system] ?? []
    for finding in findings {
      let rule = rules[finding.rule]
      let key = finding.key(templates[finding.rule])
      gone.remove(key)
      var alert = open[key] ?? begin(finding, rule, key, at: now)
      // The same key from another system: the first one has it.
      guard alert.systemId == system else { continue }
      let before = open[key]
      refresh(&alert, finding, rule, isMuted: isMuted, at: now)
      settle(alert, before, rule.hold, at: now)
    }
    for key in gone.sorted() {
      if let alert = open[key], !unjudged.contains(alert.rule) { end(alert, at: now) }
    }
  }

  /// When something changes about a system's open alerts by time alone.
  func nextChange(of system: String, after now: Timestamp) -> Timestamp? {
    guard let keys = keys[system] else { return nil }
    var next: Timestamp?
    for key in keys {
      guard let alert = open[key] else { continue }
      for candidate in [pendingUntil(alert), alert.snoozedUntil] {
        if let candidate, candidate > now { next = min(next ?? candidate, candidate) }
      }
    }
    return next
  }

  /// The worst severity of a system's alerts that fire.
  func worstSeverity(of system: String) -> Severity? {
    guard let keys = keys[system] else { return nil }
    return keys.lazy.compactMap { open[$0] }.filter { $0.state == .firing }.map(\.severity).max()
  }

  private func pendingUntil(_ alert: Alert) -> Timestamp? {
    guard alert.state == .pending, let rule = rules.first(where: { $0.id == alert.rule }) else { return nil }
    return alert.since.advanced(by: rule.hold)
  }

  private func begin(_ finding: Finding, _ rule: AlertRule, _ key: String, at now: Timestamp) -> Alert {
    Alert(
      id: Self.id(key, at: now), rule: rule.id, dedupeKey: key, severity: rule.severity, state: .pending, title: "",
      detail: "", systemId: finding.system, link: nil, channels: rule.channels, since: now, startedAt: nil,
      updatedAt: now, resolvedAt: nil)
  }

  private func refresh(
    _ alert: inout Alert, _ finding: Finding, _ rule: AlertRule, isMuted: Bool, at now: Timestamp
  ) {
    let isQuiet = alert.state == .firing && isMuted == alert.isMuted && (alert.snoozedUntil.map { $0 > now } ?? true)
    // Numbers that change with every event are told once a minute.
    if isQuiet, now.microseconds - alert.updatedAt.microseconds < Span.minute { return }
    let detail = finding.detail(at: now)
    if detail != alert.detail || rule.severity != alert.severity || isMuted != alert.isMuted { alert.updatedAt = now }
    alert.title = finding.title
    alert.detail = detail
    alert.link = alert.link ?? finding.link
    alert.severity = rule.severity
    alert.channels = rule.channels
    alert.isMuted = isMuted
    if let until = alert.snoozedUntil, until <= now {
      alert.snoozedUntil = nil
      alert.snoozedBy = nil
      alert.updatedAt = now
      alert.isToBeToldAgain = alert.acknowledged == nil
    }
  }

  /// Fires what has been held for long enough, and tells the channels what they are to know.
  private mutating func settle(_ alert: Alert, _ before: Alert?, _ hold: Int64, at now: Timestamp) {
    var alert = alert
    if alert.state == .pending, now >= alert.since.advanced(by: hold) {
      alert.state = .firing
      alert.startedAt = now
      alert.updatedAt = now
    }
    let notice = notice(for: alert, before, at: now)
    if notice != nil {
      alert.notifiedAt = now
      alert.isToBeToldAgain = false
    }
    if alert != before { note(alert, notice) }
  }

  private func notice(for alert: Alert, _ before: Alert?, at now: Timestamp) -> AlertChange.Notice? {
    guard alert.state == .firing, alert.severity >= delivery.from, !alert.isMuted, alert.snoozedUntil == nil else {
      return nil
    }
    guard let last = alert.notifiedAt, !alert.isToBeToldAgain else { return alert.acknowledged == nil ? .firing : nil }
    let isDue = now.microseconds - last.microseconds >= delivery.updateInterval
    // What is told again is what has changed since it was last told.
    return isDue && alert.acknowledged == nil && alert.updatedAt > last ? .updated : nil
  }

  private mutating func end(_ alert: Alert, at now: Timestamp) {
    var alert = alert
    open[alert.dedupeKey] = nil
    keys[alert.systemId]?.remove(alert.dedupeKey)
    if keys[alert.systemId]?.isEmpty == true { keys[alert.systemId] = nil }
    guard alert.state == .firing else {
      changes.append(AlertChange(alert: alert, isDropped: true))
      return
    }
    alert.state = .resolved
    alert.resolvedAt = now
    alert.updatedAt = now
    // Whoever was told that it fires is told that it is over, whatever was said in between.
    let notice: AlertChange.Notice? = alert.notifiedAt == nil ? nil : .resolved
    if notice != nil { alert.notifiedAt = now }
    changes.append(AlertChange(alert: alert, notice: notice))
  }

  // MARK: What people do

  /// - Returns: the alert as it then is; `nil` when none that fires has this id.
  mutating func acknowledge(_ id: String, _ acknowledgement: Alert.Acknowledgement) -> Alert? {
    edit(id) { alert in
      guard alert.acknowledged == nil else { return nil }
      alert.acknowledged = acknowledgement
      alert.updatedAt = acknowledgement.at
      // Whoever was told that it fires is told that somebody looks after it.
      guard alert.notifiedAt != nil else { return nil }
      alert.notifiedAt = acknowledgement.at
      return .acknowledged
    }
  }

  /// - Returns: the alert as it then is; `nil` when none that fires has this id.
  mutating func snooze(_ id: String, until: Timestamp, by token: String, at now: Timestamp) -> Alert? {
    edit(id) { alert in
      alert.snoozedUntil = until
      alert.snoozedBy = token
      alert.updatedAt = now
      return nil
    }
  }

  /// - Parameter change: returns what the channels are told.
  private mutating func edit(_ id: String, _ change: (inout Alert) -> AlertChange.Notice?) -> Alert? {
    guard let before = open.values.first(where: { $0.id == id && $0.state == .firing }) else { return nil }
    var alert = before
    let notice = change(&alert)
    if alert != before { note(alert, notice) }
    return alert
  }

  private mutating func note(_ alert: Alert, _ notice: AlertChange.Notice?) {
    put(alert)
    changes.append(AlertChange(alert: alert, notice: notice))
  }

  private mutating func put(_ alert: Alert) {
    open[alert.dedupeKey] = alert
    keys[alert.systemId, default: []].insert(alert.dedupeKey)
  }

  /// From the time and the key: the same again when what was decided is lost in a crash and decided again.
  private static func id(_ key: String, at now: Timestamp) -> String {
    // FNV-1a, 32 bits.
    let hash = key.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
    func hexadecimal(_ number: UInt64, _ digits: Int) -> String {
      let text = String(number, radix: 16)
      return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
    return "alert_\(hexadecimal(UInt64(max(0, now.microseconds)), 16))\(hexadecimal(UInt64(hash), 8))"
  }
}

extension String {
  fileprivate func replacingRule(_ id: String) -> String {
    guard let range = firstRange(of: "{rule}") else { return self }
    return self[..<range.lowerBound] + id + self[range.upperBound...]
  }
}
