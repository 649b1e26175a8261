internal import CTJSON

/// Everything that is known about one system.
struct SystemRecord: Sendable {
  let id: String
  let isTower: Bool
  /// The place of the system that it depends on.
  let parent: Int?
  let latencyPolicy: LatencyPolicy
  let heartbeatPolicy: HeartbeatPolicy
  var minutes: MinuteWindow
  /// How long the events since the start took to arrive.
  var arrivals = LatencyCounts()
  var silence: SilenceLedger
  var runs: RunBook
  var triggers: [EventTrigger]
  /// The places of the rules that are about what it is, not about its events.
  let rules: [Int]
  var lastReceivedAt: Timestamp?
  var lastErrorAt: Timestamp?
  var assessment: Assessment
  var status = SystemStatus.unknown
  /// Since when the status is what it is; `nil` before the first evaluation.
  var since: Timestamp?
  /// When it has to be judged again, if no event makes it earlier; `nil` when only an event can change something.
  var due: Timestamp?
  /// When it was last judged.
  var judgedAt: Timestamp?
  /// How often events had it judged at once, in one second.
  var urgent: (second: Int64, count: Int) = (.min, 0)

  init(_ system: HealthPolicy.System, parent: Int?, _ policy: HealthPolicy) {
    id = system.id
    isTower = system.id == HealthPolicy.towerId
    self.parent = parent
    latencyPolicy = system.latency ?? policy.latency
    heartbeatPolicy = system.heartbeat ?? policy.heartbeat
    minutes = MinuteWindow(
      minutes: max(policy.latency.window, Span.day) / Span.minute, latencyMinutes: policy.latency.window / Span.minute)
    silence = SilenceLedger(heartbeatPolicy)
    runs = RunBook(policy.runs)
    triggers = policy.rules.indices.compactMap { index in
      guard case .events(let pattern, let count, let window) = policy.rules[index].condition,
        pattern.source.map({ $0 == system.id }) ?? true
      else { return nil }
      return EventTrigger(rule: index, count: count, window: window)
    }
    rules = policy.rules.indices.filter { policy.rules[$0].isAboutState(of: system.id) }
    assessment = Assessment(
      heartbeat: ObjectiveReport(
        objective: .heartbeat, status: .insufficientData, target: Double(heartbeatPolicy.amber) / 1e6, current: nil,
        windowSeconds: Int(heartbeatPolicy.window / Span.second), samples: 0, errorBudgetLeft: nil),
      latency: latencyPolicy.report(LatencyHistogram()))
  }
}
