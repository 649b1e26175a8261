import Synchronization

/// Opens once; tasks may wait for it.
final class Gate: Sendable {
  private struct State {
    var isOpen = false
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  func open() {
    let waiting = state.withLock { state in
      state.isOpen = true
      defer { state.waiting = [] }
      return state.waiting
    }
    for task in waiting { task.resume() }
  }

  /// Returns when the gate is open.
  func opened() async {
    await withCheckedContinuation { task in
      let isOpen = state.withLock { state in
        if !state.isOpen { state.waiting.append(task) }
        return state.isOpen
      }
      if isOpen { task.resume() }
    }
  }
}
