internal import CTDigest
internal import CTGenerated
internal import CTJSON

/// How the systems are, for a digest.
struct DigestHealth {
  var systems: [SystemEntry]
  var objectives: [ObjectiveEntry]
  var alerts: AlertsSection

  /// When a system was last heard.
  func lastHeartbeat(of source: Source) -> Timestamp? {
    systems.first { $0.systemId == source.rawValue }?.lastHeartbeat
  }
}

extension Tower {
  /// At the end of a digest's period.
  func digestHealth(_ period: Period) async throws -> DigestHealth {
    let systems = try await assessments().map(\.system).map { system in
      SystemEntry(
        systemId: system.systemId.rawValue, status: HealthStatus(rawValue: system.status.rawValue) ?? .unknown,
        lastHeartbeat: system.lastHeartbeat, errors24h: Figure(system.errors24h), notes: system.notes)
    }
    return DigestHealth(systems: systems, objectives: [], alerts: AlertsSection())
  }
}
