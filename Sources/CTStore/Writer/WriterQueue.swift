import Synchronization

/// The way from any number of tasks to the one writer thread, bounded in count and in bytes.
final class WriterQueue: Sendable {
  private struct State {
    var commands: [Command] = []
    var footprint = 0
    var isClosed = false
    var writerWaits = false
  }

  private let state = Mutex(State())
  private let wakeUp = Semaphore()
  private let maximumCount: Int
  private let maximumBytes: Int

  init(maximumCount: Int, maximumBytes: Int) {
    self.maximumCount = maximumCount
    self.maximumBytes = maximumBytes
  }

  /// Adds a command, or returns why not: `overloaded` or `closed`. The caller then answers it.
  func submit(_ command: Command) -> StoreError? {
    let footprint = command.footprint
    let (error, wakes) = state.withLock { state -> (StoreError?, Bool) in
      if state.isClosed { return (StoreError(.closed, "the store is closed"), false) }
      guard state.commands.count < maximumCount, state.footprint + footprint <= maximumBytes || state.commands.isEmpty
      else { return (StoreError(.overloaded, "\(state.commands.count) writes are waiting"), false) }
      state.commands.append(command)
      state.footprint += footprint
      defer { state.writerWaits = false }
      return (nil, state.writerWaits)
    }
    if wakes { wakeUp.signal() }
    return error
  }

  /// Moves everything that waits into `batch`, which must be empty; waits if there is nothing.
  ///
  /// - Parameter milliseconds: the longest wait; `nil` for none.
  /// - Returns: `false` once the queue is closed and empty. `batch` may be empty when the time is over.
  func take(into batch: inout [Command], waitingAtMost milliseconds: Int?) -> Bool {
    if let isOpen = takeNow(into: &batch) { return isOpen }
    if let milliseconds { wakeUp.wait(milliseconds: milliseconds) } else { wakeUp.wait() }
    return takeNow(into: &batch, givingUp: true) ?? true
  }

  /// Moves what has come since to the end of `batch`.
  func add(to batch: inout [Command]) {
    state.withLock { state in
      batch.append(contentsOf: state.commands)
      state.commands.removeAll(keepingCapacity: true)
      state.footprint = 0
    }
  }

  var count: Int { state.withLock { $0.commands.count } }

  /// Refuses further commands; those that wait are still served.
  func close() {
    state.withLock { $0.isClosed = true }
    wakeUp.signal()
  }

  /// `nil` when there is nothing to take and more may come.
  private func takeNow(into batch: inout [Command], givingUp: Bool = false) -> Bool? {
    state.withLock { state in
      state.writerWaits = false
      if !state.commands.isEmpty {
        swap(&batch, &state.commands)
        state.footprint = 0
        return true
      }
      if state.isClosed { return false }
      state.writerWaits = !givingUp
      return nil
    }
  }
}
