/// How a system is.
package enum SystemStatus: String, Sendable, Hashable, CaseIterable {
  case green, amber, red
  /// Nothing is known that would allow a judgement; never green for lack of data.
  case unknown

  /// The worst of many, in the order red, amber, unknown, green; unknown where there is nothing to judge.
  package static func worst(_ statuses: some Collection<SystemStatus>) -> SystemStatus {
    [.red, .amber, .unknown, .green].first(where: statuses.contains) ?? .unknown
  }
}

/// How an objective is met.
package enum ObjectiveStatus: String, Sendable, Hashable {
  case green, amber, red
  case insufficientData = "insufficient_data"

  /// Whether it is at least as bad as another; lack of data is not bad.
  package func isAtLeast(_ other: ObjectiveStatus) -> Bool { badness >= other.badness }

  private var badness: Int {
    switch self {
    case .insufficientData: -1
    case .green: 0
    case .amber: 1
    case .red: 2
    }
  }
}

/// What is promised of a system.
package enum Objective: String, Sendable, Hashable, CaseIterable {
  /// Events arrive soon after they happened: the 95th percentile over a rolling window.
  case intakeLatency = "intake_latency"
  /// Runs end well: the part of those that were not cancelled, over a rolling window.
  case runSuccess = "run_success"
  /// The system is heard often enough in business hours.
  case heartbeat
}
