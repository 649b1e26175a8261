package import CTGenerated
package import CTStore
internal import Synchronization

/// The Control Tower: what the spec's operations do. Routes, roles, signatures, validation and redaction happen before
/// these methods are called, in generated code.
package final class Tower: ControlTowerAPI {
  let store: any Store
  let heartbeat: Heartbeat
  let clock: TowerClock
  let isStopping = Atomic(false)

  package init(store: any Store, heartbeat: Heartbeat = Heartbeat(), clock: TowerClock = .system) {
    self.store = store
    self.heartbeat = heartbeat
    self.clock = clock
  }

  /// Makes `/readyz` say so, before connections are closed.
  package func stop() { isStopping.store(true, ordering: .relaxed) }
}
