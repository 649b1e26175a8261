internal import CTFigures
internal import CTGenerated
package import CTRuns
package import CTRuntime
package import CTStore
internal import Synchronization

/// The Control Tower: what the spec's operations do. Routes, roles, signatures, validation and redaction happen before
/// these methods are called, in generated code.
package final class Tower: ControlTowerAPI {
  let store: any Store
  /// For what callers say outside of bodies: the ids that they ask for.
  let redactor: any Redactor
  let monitor: HealthMonitor
  let clock: TowerClock
  let isStopping = Atomic(false)
  /// Live tails that are open.
  let streams = Atomic(0)
  /// How long a live tail may say nothing.
  let streamHeartbeat: Duration
  let runs: RunService
  let digests: DigestDesk
  /// Artifacts, timed jobs and retention; without it their operations answer 503.
  let archive: Archive?
  /// Counts requests by what they were answered.
  let requests: RequestCounts

  package init(
    store: any Store, redactor: any Redactor, monitor: HealthMonitor, clock: TowerClock = .system,
    streamHeartbeat: Duration = .seconds(15), runs: RunService, digests: DigestDesk, archive: Archive? = nil,
    requests: RequestCounts = RequestCounts()
  ) {
    self.store = store
    self.redactor = redactor
    self.monitor = monitor
    self.clock = clock
    self.streamHeartbeat = streamHeartbeat
    self.runs = runs
    self.digests = digests
    self.archive = archive
    self.requests = requests
  }

  /// What is derived from the log, for whoever opens the store of a tower.
  package static var projections: [any Projection] { Figures.projections + [HealthProjection()] }

  /// Makes `/readyz` say so, before connections are closed.
  package func stop() { isStopping.store(true, ordering: .relaxed) }
}
