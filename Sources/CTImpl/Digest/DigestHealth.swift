package import CTDigest
package import CTGenerated
internal import CTJSON
package import CTStore

/// How everything is, for a digest.
package struct DigestHealth: Sendable {
  package var systems: [SystemEntry]
  package var objectives: [ObjectiveEntry]
  package var alerts: AlertsSection

  package init(systems: [SystemEntry], objectives: [ObjectiveEntry], alerts: AlertsSection) {
    self.systems = systems
    self.objectives = objectives
    self.alerts = alerts
  }

  /// When GitHub was last heard: whether no failure of its workflows is good news.
  var githubLastHeartbeat: Timestamp? {
    systems.first { $0.systemId == Source.github.rawValue }?.lastHeartbeat
  }
}

/// Who knows how everything is.
package protocol DigestHealthSource: Sendable {
  /// How it is now, and the alerts of a period.
  func digestHealth(_ period: Period) async throws -> DigestHealth
}

/// The systems as `GET /systems` shows them.
package struct SystemsHealthSource: DigestHealthSource {
  private let store: any Store
  private let heartbeat: Heartbeat
  private let clock: TowerClock

  package init(store: any Store, heartbeat: Heartbeat, clock: TowerClock) {
    self.store = store
    self.heartbeat = heartbeat
    self.clock = clock
  }

  package func digestHealth(_ period: Period) async throws -> DigestHealth {
    let systems = try await SystemAssessment.all(store, heartbeat, at: clock.now()).map(\.system).map { system in
      SystemEntry(
        systemId: system.systemId.rawValue, status: HealthStatus(rawValue: system.status.rawValue) ?? .unknown,
        lastHeartbeat: system.lastHeartbeat, errors24h: Figure(system.errors24h), notes: system.notes)
    }
    return DigestHealth(systems: systems, objectives: [], alerts: AlertsSection())
  }
}
