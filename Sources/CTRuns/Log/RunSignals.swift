import Synchronization

/// Tells those who follow a run that something has changed: its log has grown, or its status is another.
package final class RunSignals: Sendable {
  private struct Entry {
    var version: UInt64 = 0
    var waiting: [UInt64: CheckedContinuation<Void, Never>] = [:]
    var followers = 0
  }

  private struct State {
    var entries: [String: Entry] = [:]
    var nextTicket: UInt64 = 0
  }

  private let state = Mutex(State())

  package init() {}

  /// Runs `body` while changes of a run are counted for it.
  package func following<Value>(_ runId: String, _ body: () async throws -> Value) async rethrows -> Value {
    state.withLock { $0.entries[runId, default: Entry()].followers += 1 }
    defer {
      state.withLock { state in
        state.entries[runId]?.followers -= 1
        if state.entries[runId]?.followers == 0 { state.entries[runId] = nil }
      }
    }
    return try await body()
  }

  /// The number of changes so far, for a follower.
  package func version(of runId: String) -> UInt64 { state.withLock { $0.entries[runId]?.version ?? 0 } }

  package func changed(_ runId: String) {
    let waiting = state.withLock { state -> [CheckedContinuation<Void, Never>] in
      guard state.entries[runId] != nil else { return [] }
      state.entries[runId]?.version += 1
      defer { state.entries[runId]?.waiting = [:] }
      return Array(state.entries[runId]!.waiting.values)
    }
    for follower in waiting { follower.resume() }
  }

  /// Returns when the run has changed since a version, or the task is cancelled; for a follower.
  package func change(of runId: String, after version: UInt64) async {
    let ticket = state.withLock { state in
      state.nextTicket += 1
      return state.nextTicket
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { follower in
        let mustWait = state.withLock { state in
          guard !Task.isCancelled, let entry = state.entries[runId], entry.version == version else { return false }
          state.entries[runId]?.waiting[ticket] = follower
          return true
        }
        if !mustWait { follower.resume() }
      }
    } onCancel: {
      state.withLock { $0.entries[runId]?.waiting.removeValue(forKey: ticket) }?.resume()
    }
  }
}
