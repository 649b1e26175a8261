import Synchronization

/// Lets tasks wait until the log is longer than they know it. The writer tells it after every commit.
final class CommitSignal: Sendable {
  fileprivate struct State {
    var seq: Int64 = 0
    var isClosed = false
    var number = 0
    var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
  }

  private let state = Mutex(State())

  /// Says how far the log is, and resumes everybody when that is further than before.
  func advance(to seq: Int64) {
    let waiting = state.withLock { state -> [CheckedContinuation<Void, Never>] in
      guard seq > state.seq else { return [] }
      state.seq = seq
      return state.takeAll()
    }
    for task in waiting { task.resume() }
  }

  /// Resumes everybody, now and from now on at once.
  func close() {
    let waiting = state.withLock { state in
      state.isClosed = true
      return state.takeAll()
    }
    for task in waiting { task.resume() }
  }

  /// Returns when there are events after `seq`, when the store closes, or when the task is cancelled.
  func wait(after seq: Int64) async {
    let number = state.withLock { state in
      state.number += 1
      return state.number
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { task in
        // The handler may have run before: whoever is cancelled must not begin to wait.
        let waits = state.withLock { state in
          guard state.seq <= seq, !state.isClosed, !Task.isCancelled else { return false }
          state.waiting[number] = task
          return true
        }
        if !waits { task.resume() }
      }
    } onCancel: {
      state.withLock { $0.waiting.removeValue(forKey: number) }?.resume()
    }
  }
}

extension CommitSignal.State {
  fileprivate mutating func takeAll() -> [CheckedContinuation<Void, Never>] {
    defer { waiting = [:] }
    return Array(waiting.values)
  }
}
