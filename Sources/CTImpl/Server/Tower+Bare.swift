internal import CTArtifacts
internal import CTRedaction
internal import CTRuns
internal import CTStore

extension Tower {
  /// A tower that takes and shows events, without triggers and timed jobs: for data and figures that are made.
  convenience init(bare store: SQLiteStore, directory: String, monitor: HealthMonitor, clock: TowerClock) throws {
    let runs = RunService(
      store: store, artifacts: try DirectoryArtifactStore(path: "\(directory)/artifacts"),
      settings: RunSettings(data: directory), now: clock.now)
    self.init(
      store: store, redactor: StandardRedactor(key: store.keys.redaction), monitor: monitor, clock: clock, runs: runs,
      digests: DigestDesk(store: store, health: monitor, plan: try DigestPlan(), clock: clock))
  }
}
