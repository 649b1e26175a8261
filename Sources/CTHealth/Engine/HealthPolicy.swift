/// How health is judged and what is worth an alert: the configuration, in the engine's terms.
package struct HealthPolicy: Sendable {
  /// One system that is watched.
  package struct System: Sendable {
    package var id: String
    /// The system that it depends on: while that is red, alerts about this one stay quiet.
    package var parent: String?
    /// Thresholds of its own; `nil` for those of all. The window is that of all in any case.
    package var latency: LatencyPolicy?
    /// Thresholds of its own; `nil` for those of all.
    package var heartbeat: HeartbeatPolicy?

    package init(id: String, parent: String? = nil) {
      self.id = id
      self.parent = parent
    }
  }

  /// The systems that send events, and ``towerId``.
  package var systems: [System]
  package var latency = LatencyPolicy()
  package var runs = RunPolicy()
  package var heartbeat = HeartbeatPolicy()
  package var errors = ErrorPolicy()
  package var calendar: BusinessCalendar
  package var rules: [AlertRule]
  package var delivery = DeliveryPolicy()

  /// The tower itself: its runs, its store, its dead letters.
  package static let towerId = "tower"

  package init(systems: [System], calendar: BusinessCalendar, rules: [AlertRule] = []) {
    self.systems = systems
    self.calendar = calendar
    self.rules = rules
  }

  static let runStarted = "run.started"
  static let runFinished = "run.finished"

  /// The types of the events whose details the engine needs.
  package var detailTypes: Set<String> {
    var types: Set<String> = [Self.runStarted, Self.runFinished]
    for rule in rules {
      if case .events(let pattern, _, _) = rule.condition { types.insert(pattern.type) }
    }
    return types
  }

  /// The longest window of any rule over events, in microseconds.
  package var longestRuleWindow: Int64 {
    rules.reduce(0) { longest, rule in
      if case .events(_, _, let window) = rule.condition { max(longest, window) } else { longest }
    }
  }
}

/// How many errors make a system amber or red.
package struct ErrorPolicy: Sendable, Hashable {
  /// In minutes, up to a day.
  package var windowMinutes: Int64 = 60
  package var amber = 1
  package var red = 10

  package init() {}

  func status(_ errors: Int) -> SystemStatus { errors >= red ? .red : errors >= amber ? .amber : .green }
}
