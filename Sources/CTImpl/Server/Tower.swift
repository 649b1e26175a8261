package import CTGenerated
package import CTStore
internal import Synchronization

/// The Control Tower: what the spec's operations do. Routes, roles, signatures, validation and redaction happen before
/// these methods are called, in generated code.
package final class Tower: ControlTowerAPI {
  let store: any Store
  let monitor: HealthMonitor
  let clock: TowerClock
  let isStopping = Atomic(false)
  /// Live tails that are open.
  let streams = Atomic(0)
  /// How long a live tail may say nothing.
  let streamHeartbeat: Duration

  package init(
    store: any Store, monitor: HealthMonitor, clock: TowerClock = .system,
    streamHeartbeat: Duration = .seconds(15)
  ) {
    self.store = store
    self.monitor = monitor
    self.clock = clock
    self.streamHeartbeat = streamHeartbeat
  }

  /// Makes `/readyz` say so, before connections are closed.
  package func stop() { isStopping.store(true, ordering: .relaxed) }
}
