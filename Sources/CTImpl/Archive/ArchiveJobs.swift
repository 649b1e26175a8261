internal import CTArchive
package import CTArtifacts
package import CTGenerated
internal import CTJSON
package import CTSchedule
package import CTStore
internal import Foundation

/// The tower's own timed jobs, as the configuration sets them.
package struct ArchiveJobs: Sendable {
  private let store: SQLiteStore
  private let directory: String
  private let artifacts: any ArtifactStore
  private let retention: RetentionDesk
  private let configuration: CTGenerated.Archive
  private let zone: TimeZone
  private let clock: TowerClock

  package init(
    store: SQLiteStore, directory: String, artifacts: any ArtifactStore, retention: RetentionDesk,
    configuration: CTGenerated.Archive, clock: TowerClock
  ) throws {
    self.store = store
    self.directory = directory
    self.artifacts = artifacts
    self.retention = retention
    self.configuration = configuration
    zone = try Self.zone(configuration)
    self.clock = clock
  }

  /// The time zone that times of day are meant in.
  static func zone(_ configuration: CTGenerated.Archive) throws(ConfigurationError) -> TimeZone {
    guard let zone = TimeZone(identifier: configuration.timeZone) else {
      throw ConfigurationError(
        description: "'\(configuration.timeZone)' is no time zone that this machine knows",
        pointer: "/archive/timeZone")
    }
    return zone
  }

  /// In the order in which they are to be done: what is exported and signed first may be removed afterwards.
  package var all: [ScheduledJob] {
    var jobs = [checkpoint, systems]
    if exports.enabled { jobs.append(export) }
    jobs.append(expire)
    if backups.enabled { jobs.append(backup) }
    return jobs
  }

  private var exports: Export { configuration.export ?? Export() }
  private var backups: CTGenerated.Backup { configuration.backup ?? CTGenerated.Backup() }

  /// - Parameter text: as the schema lets it through.
  private func daily(_ text: String) -> Schedule { .daily(LocalTime(text) ?? LocalTime(hour: 0, minute: 0)!, zone) }

  private var checkpoint: ScheduledJob {
    ScheduledJob("log.checkpoint", daily("00:00")) { _ in
      guard let made = try await store.makeCheckpoint() else { return "the log is empty" }
      return "signed event \(made.seq)"
    }
  }

  private var systems: ScheduledJob {
    ScheduledJob("systems.history", daily("00:00")) { run in
      "\(try await SystemsHistory(store: store, clock: clock).note(run.key)) systems"
    }
  }

  private var export: ScheduledJob {
    ScheduledJob("export", daily(exports.at)) { run in
      let daily = DailyExport(store: store, directory: directory, artifacts: artifacts, now: clock.now)
      let manifest = try await daily.run(run.key)
      let limit = clock.now().microseconds - Int64(exports.keepDays) * 86_400_000_000
      _ = try await daily.expire(before: .init(microseconds: limit))
      return manifest.files.map { "\($0.count) \($0.collection)" }.joined(separator: ", ")
    }
  }

  private var expire: ScheduledJob {
    let limits = configuration.retention ?? Retention()
    return ScheduledJob("retention", daily(limits.at)) { _ in try await retention.run().words }
  }

  private var backup: ScheduledJob {
    ScheduledJob("backup", daily(backups.at)) { _ in
      let backup = CTArchive.Backup(directory: directory, artifacts: artifacts, now: clock.now)
      let (prefix, manifest) = try await backup.run()
      _ = try await backup.rotate(keeping: backups.keep)
      return "\(prefix) has \(manifest.events) events, up to \(manifest.lastSeq)"
    }
  }
}

extension Schedule {
  /// Such as `daily at 08:00 Europe/London`.
  package var words: String {
    switch self {
    case .daily(let time, let zone):
      let minute = time.minute < 10 ? "0\(time.minute)" : "\(time.minute)"
      let hour = time.hour < 10 ? "0\(time.hour)" : "\(time.hour)"
      return "daily at \(hour):\(minute) \(zone.identifier)"
    case .every(let seconds): return "every \(seconds) seconds"
    }
  }
}
