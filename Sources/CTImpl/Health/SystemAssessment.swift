internal import CTGenerated
internal import CTJSON
internal import CTStore

/// Judges a system by what was heard of it. Lack of data is never green.
struct SystemAssessment {
  let source: Source
  let state: SystemState?
  let objective: Heartbeat
  let now: Timestamp

  /// Seconds since anything was received; `nil` where nothing ever was.
  private var gap: Int? {
    state.map { Int(max(0, now.microseconds - $0.lastReceivedAt.microseconds) / 1_000_000) }
  }

  private var errors: Int { Int(state?.errors24h ?? 0) }

  var heartbeat: HeartbeatSLO {
    guard let gap else { return HeartbeatSLO(status: .insufficientData, maxGapSeconds: objective.amberSeconds) }
    let status: HeartbeatSLOStatus =
      gap > objective.redSeconds ? .red : gap > objective.amberSeconds ? .amber : .green
    return HeartbeatSLO(status: status, maxGapSeconds: objective.amberSeconds, gapSeconds: gap)
  }

  var status: Status {
    switch heartbeat.status {
    case .insufficientData: .unknown
    case .red: .red
    case .amber: .amber
    case .green: errors > 0 ? .amber : .green
    }
  }

  private var notes: [String] {
    guard let gap else { return ["Nothing has been received from it yet."] }
    var notes: [String] = []
    if gap > objective.amberSeconds { notes.append("Nothing heard for \(Self.duration(gap)).") }
    if errors > 0 {
      notes.append(errors == 1 ? "One error in the last 24 hours." : "\(errors) errors in the last 24 hours.")
    }
    return notes
  }

  private static func duration(_ seconds: Int) -> String {
    seconds < 7200
      ? "\(seconds / 60) minutes" : seconds < 172_800 ? "\(seconds / 3600) hours" : "\(seconds / 86_400) days"
  }

  var system: System {
    System(
      systemId: source, status: status, lastHeartbeat: state?.lastReceivedAt, errors24h: errors,
      slo: SystemSlo(heartbeat: heartbeat), notes: notes)
  }

  var snapshot: SystemSnapshot {
    SystemSnapshot(systemId: source, status: status, lastHeartbeat: state?.lastReceivedAt, errors24h: errors)
  }
}

extension SystemAssessment {
  /// Every system that sends events, by name; the tower itself is not one of them yet.
  static func all(_ store: any Store, _ objective: Heartbeat, at now: Timestamp) async throws -> [SystemAssessment] {
    let states = try await store.systems(asOf: now).systems
    return Source.allCases.filter { $0 != .tower }.sorted { $0.rawValue < $1.rawValue }.map { source in
      SystemAssessment(
        source: source, state: states.first { $0.source == source.rawValue }, objective: objective, now: now)
    }
  }
}

extension Status {
  /// The worst of many: red, amber, unknown, green. Unknown where there is nothing to judge.
  static func worst(_ statuses: some Collection<Status>) -> Status {
    [.red, .amber, .unknown, .green].first(where: statuses.contains) ?? .unknown
  }
}
