internal import CTArchive
internal import CTArtifacts
internal import CTGenerated
internal import CTRuntime
internal import CTSchedule
internal import CTStore
internal import Foundation

/// Puts an archive together as the configuration says.
struct ArchiveSetup {
  let store: SQLiteStore
  /// The data directory.
  let directory: String
  let configuration: CTGenerated.Archive
  let clock: TowerClock
  let log: Log

  /// Where artifacts are kept.
  static func artifactDirectory(data: String, _ configuration: CTGenerated.Archive?) -> String {
    configuration?.directory ?? "\(data)/artifacts"
  }

  /// - Parameter further: jobs of other parts of the tower.
  func make(further: (any ArtifactStore) -> [ScheduledJob] = { _ in [] }) throws -> Archive {
    let path = Self.artifactDirectory(data: directory, configuration)
    let artifacts = try DirectoryArtifactStore(path: path)
    let originals = configuration.originals == .sealed ? OriginalVault(artifacts: artifacts, keys: store.keys) : nil
    let retention = RetentionDesk(
      store: store, limits: configuration.retention ?? Retention(), artifacts: artifacts,
      // What was kept before goes with its events also when no more is kept.
      originals: OriginalVault(artifacts: artifacts, keys: store.keys), clock: clock)
    let jobs = try ArchiveJobs(
      store: store, directory: directory, artifacts: artifacts, retention: retention, configuration: configuration,
      clock: clock)
    let scheduler = Scheduler(store: store, jobs: jobs.all + further(artifacts), now: clock.now) { note($0) }
    return Archive(
      artifacts: artifacts, links: ArtifactLinks(key: store.keys.links), linkMinutes: configuration.linkMinutes,
      scheduler: scheduler, retention: retention, originals: originals)
  }

  private func note(_ event: SchedulerEvent) {
    switch event {
    case .succeeded(let name, let key, let detail):
      log.write(
        .info, "a timed job is done", [("job", .string(name)), ("run", .string(key)), ("detail", .string(detail))])
    case .failed(let name, let key, let attempt, let error):
      log.write(
        .warning, "a timed job failed",
        [("job", .string(name)), ("run", .string(key)), ("attempts", .int(attempt)), ("error", .string(error))])
    case .unnoted(let name, let error):
      log.write(
        .warning, "how a timed job ended cannot be noted; it will be done again",
        [("job", .string(name)), ("error", .string(String(describing: error)))])
    case .unreadable(let error):
      log.write(.warning, "timed jobs cannot be read", [("error", .string(error.message))])
    }
  }
}

extension Archive {
  /// What does the tower's timed jobs again when their dead letters are replayed.
  var jobHandlers: [any JobHandler] {
    scheduler.jobs.map { ScheduledRunHandler($0.name, scheduler: scheduler) }
  }
}
