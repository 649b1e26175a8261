package import CTJSON

/// What a system's status is made of.
package struct Assessment: Sendable {
  package internal(set) var heartbeat: ObjectiveReport
  package internal(set) var latency: ObjectiveReport
  /// Only of the tower.
  package internal(set) var runs: ObjectiveReport?
  package internal(set) var errorStatus = SystemStatus.green
  /// The worst severity of the alerts that fire.
  package internal(set) var alerts: Severity?
  /// Only of the tower: why it takes no events, or does not take account of them.
  package internal(set) var fault: String?

  /// Every objective that the system has, in a fixed order.
  package var objectives: [ObjectiveReport] { [latency, heartbeat] + (runs.map { [$0] } ?? []) }

  /// Red and amber for whatever is; green only for a system that was heard in time.
  var status: SystemStatus {
    var statuses = objectives.map { SystemStatus($0.status) }
    statuses.append(errorStatus)
    switch alerts {
    case .critical: statuses.append(.red)
    case .error: statuses.append(.amber)
    case .warning, .info, nil: break
    }
    if fault != nil { statuses.append(.red) }
    if statuses.contains(.red) { return .red }
    if statuses.contains(.amber) { return .amber }
    return heartbeat.status == .insufficientData ? .unknown : .green
  }
}

extension SystemStatus {
  init(_ status: ObjectiveStatus) {
    switch status {
    case .green: self = .green
    case .amber: self = .amber
    case .red: self = .red
    case .insufficientData: self = .unknown
    }
  }
}

/// Why a status is what it is: one reason.
package struct Reason: Sendable, Hashable {
  /// What the reason alone would make of the status.
  package var status: SystemStatus
  /// A sentence.
  package var text: String
  /// Where the evidence is, as a path of the tower's API.
  package var link: String?
}

/// A system's status has changed.
package struct StatusChange: Sendable, Hashable {
  package var system: String
  package var status: SystemStatus
  /// `nil` for the first.
  package var previous: SystemStatus?
  package var at: Timestamp
  package var reasons: [Reason]
}
