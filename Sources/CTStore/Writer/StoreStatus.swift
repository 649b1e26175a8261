package import CTJSON
import Synchronization

/// Whether the store takes writes, and how far it is.
package struct StoreHealth: Sendable {
  /// Whether an append may be expected to succeed.
  package var isWritable: Bool { fault == nil }
  /// Why it does not take writes; `nil` when it does.
  package var fault: StoreError?
  /// Since when; `nil` when it does.
  package var faultSince: Timestamp?
  /// Why the projections do not follow the log; `nil` when they do.
  package var projectionFault: StoreError?
  /// The last event that is on disk.
  package var acknowledgedSeq: Int64 = 0
  /// The last event that every projection has seen.
  package var projectedSeq: Int64 = 0
  /// Since the start: events accepted, duplicates with the same body, duplicates with another body, failed batches.
  package var accepted = 0
  package var duplicates = 0
  package var conflictingDuplicates = 0
  package var failedBatches = 0
  /// Commits since the start; `accepted / commits` is the mean size of a group.
  package var commits = 0
  /// How long commits took, their sync included; and the syncs alone, since the store was last opened.
  package var commitTimes = DurationHistogram()
  package var syncTimes = DurationHistogram()
  /// Writes that wait for the writer.
  package var waitingWrites = 0
}

/// The health as the writer thread keeps it and everybody reads it.
final class StoreStatus: Sendable {
  private let health = Mutex(StoreHealth())
  /// When the writer began what it does now, on ``Clock/milliseconds``; 0 while it waits for work.
  private let workingSince = Atomic(0)
  private let stallLimit: Int

  /// - Parameter stallLimit: milliseconds.
  init(stallLimit: Int) { self.stallLimit = stallLimit }

  /// For those who wait for further events.
  let commits = CommitSignal()

  var current: StoreHealth {
    var current = health.withLock { $0 }
    if current.fault == nil, let stall {
      current.fault = stall
      current.faultSince = Clock.now
    }
    return current
  }

  /// Says that the disk does not answer, which nobody hears from the disk itself; `nil` while it does.
  var stall: StoreError? {
    let since = workingSince.load(ordering: .relaxed)
    guard since != 0, case let elapsed = Clock.milliseconds - since, elapsed >= stallLimit else { return nil }
    return StoreError(.stalled, "the disk has not answered for \(elapsed / 1000) s")
  }

  func beginWork() { workingSince.store(Clock.milliseconds, ordering: .relaxed) }
  func endWork() { workingSince.store(0, ordering: .relaxed) }

  func update(_ change: (inout StoreHealth) -> Void) { health.withLock { change(&$0) } }

  func fail(_ error: StoreError) {
    update { health in
      health.failedBatches += 1
      health.fault = error
      health.faultSince = health.faultSince ?? Clock.now
    }
  }

  func recover() {
    update { health in
      health.fault = nil
      health.faultSince = nil
    }
  }
}
