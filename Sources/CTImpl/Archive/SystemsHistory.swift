internal import CTJSON
package import CTStore

/// Keeps a state of each system for each day, as a document: `2025-09-27_finance`.
package struct SystemsHistory: Sendable {
  private let store: any Store
  private let clock: TowerClock

  package init(store: any Store, clock: TowerClock) {
    self.store = store
    self.clock = clock
  }

  /// Writes down how the systems are now. - Returns: how many there are.
  package func note(_ date: String) async throws -> Int {
    let snapshot = try await store.systems(asOf: clock.now())
    let writes = snapshot.systems.map { system in
      Write.put(
        DocumentKey(RetentionDesk.systemsHistory, "\(date)_\(system.source)"), body: Self.json(system, snapshot.asOf))
    }
    if !writes.isEmpty { _ = try await store.commit(writes) }
    return writes.count
  }

  private static func json(_ system: SystemState, _ asOf: Timestamp) -> [UInt8] {
    var members = DocumentMembers()
    members.add("systemId", system.source)
    members.add("asOf", asOf)
    members.add("events", Int(system.events))
    members.add("lastHeartbeat", system.lastHeartbeat)
    members.add("lastErrorAt", system.lastErrorAt)
    members.add("errors24h", Int(system.errors24h))
    return members.bytes
  }
}
