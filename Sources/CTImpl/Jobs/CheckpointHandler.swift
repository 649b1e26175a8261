internal import CTJSON
package import CTStore

/// Signs the log's end, as a job: on a disk that is full for an hour it succeeds an hour later.
package struct CheckpointHandler: JobHandler {
  package static let kind = "log.checkpoint"
  package var kind: String { Self.kind }
  private let keeper: any LogKeeper

  package init(keeper: any LogKeeper) { self.keeper = keeper }

  package func run(_ job: Job) async throws { _ = try await keeper.makeCheckpoint() }
}

/// Asks for a checkpoint on every day on which something was recorded.
package struct DailyCheckpoint: Sendable {
  let store: any Store & LogKeeper
  let jobs: JobRunner
  let clock: TowerClock

  /// How often it is looked whether a day has begun.
  private static let pause = Duration.seconds(3600)

  package func run() async {
    while !Task.isCancelled {
      // What cannot be read or queued now is asked for again next time.
      try? await ask()
      try? await Task.sleep(for: Self.pause)
    }
  }

  func ask() async throws(StoreError) {
    let today = Self.day(clock.now())
    let last = try await store.lastCheckpoint()
    if let last, Self.day(last.madeAt) == today || last.seq >= store.health.acknowledgedSeq { return }
    guard store.health.acknowledgedSeq > 0 else { return }
    try await jobs.enqueue(kind: CheckpointHandler.kind, id: "checkpoint_\(today)")
  }

  /// The day in UTC, such as 2025-09-27.
  private static func day(_ time: Timestamp) -> Substring { time.description.prefix(10) }
}
