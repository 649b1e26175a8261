internal import CTJSON

/// How bad an alert is.
package enum Severity: String, Sendable, Hashable, CaseIterable, Comparable {
  case info, warning, error, critical

  private var rank: Int {
    switch self {
    case .info: 0
    case .warning: 1
    case .error: 2
    case .critical: 3
    }
  }

  package static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }
}

/// When there is an alert, and what becomes of it.
package struct AlertRule: Sendable, Hashable {
  /// Which events a rule counts: those of a type, of a source if it names one, whose payload has a member of this value
  /// if it names one.
  package struct EventPattern: Sendable, Hashable {
    package var type: String
    package var source: String?
    package var member: String?
    package var value: String?

    package init(type: String, source: String? = nil, member: String? = nil, value: String? = nil) {
      self.type = type
      self.source = source
      self.member = member
      self.value = value
    }

    func matches(_ event: HealthEvent) -> Bool {
      guard event.type == type, source.map({ $0 == event.source }) ?? true else { return false }
      guard let member else { return true }
      switch event.detail?.payload[member] {
      case .string(let text): return text == value
      case .number(let number): return number.lexeme == value
      case .bool(let bool): return String(bool) == value
      default: return false
      }
    }
  }

  package enum Condition: Sendable, Hashable {
    /// So many events within a window (in microseconds), by the time they arrived.
    case events(EventPattern, count: Int, window: Int64)
    /// A run takes longer than its trigger allows; one alert a run.
    case runs
    /// More dead letters than this are open.
    case deadLetters(over: Int)
    /// An objective is missed this badly, or worse; of any system, or of those named.
    case objective(ObjectiveStatus, Set<Objective>, systems: Set<String>?)
    /// A certificate is valid for less than so many days, or cannot be read if that counts; one alert a certificate.
    case certificates(days: Int, unreadable: Bool)
    /// The store takes no writes.
    case store
  }

  /// Unique among the rules; lower case letters, digits and hyphens.
  package var id: String
  package var condition: Condition
  package var severity: Severity
  /// How long the condition has to hold before the alert fires, in microseconds.
  package var hold: Int64 = 0
  /// What makes two alerts the same: text with `{rule}`, `{system}` and `{subject}` in it. Of what is the same one alert
  /// is open at a time.
  package var dedupeKey = "{rule}:{system}:{subject}"
  /// The channels by name; `nil` for all.
  package var channels: [String]?

  package init(
    id: String, _ condition: Condition, _ severity: Severity, hold: Int64 = 0, channels: [String]? = nil
  ) {
    self.id = id
    self.condition = condition
    self.severity = severity
    self.hold = hold
    self.channels = channels
  }
}

/// Which alerts are sent to channels, and how often.
package struct DeliveryPolicy: Sendable, Hashable {
  /// Less severe ones are in the list and in the digest only.
  package var from = Severity.critical
  /// An alert that changes is sent again after this time at the earliest, in microseconds.
  package var updateInterval: Int64 = 30 * Span.minute

  package init() {}
}

extension AlertRule {
  /// Whether it is to be held against a system each time that it is judged; what counts events is not.
  func isAboutState(of system: String) -> Bool {
    switch condition {
    case .events: false
    case .objective(_, _, let systems): systems?.contains(system) ?? true
    case .runs, .deadLetters, .certificates, .store: system == HealthPolicy.towerId
    }
  }
}
