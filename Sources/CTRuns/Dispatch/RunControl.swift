import Synchronization

/// What others want of a run that is under way.
package final class RunControl: Sendable {
  /// Why a run is to end before its time.
  package enum Stop: Sendable {
    case cancel
    /// The tower stops.
    case interrupt

    var outcome: RunOutcome {
      switch self {
      case .cancel: .failure(RunFailure(.cancelled, "it was cancelled while it ran"))
      case .interrupt: .interrupted
      }
    }
  }

  /// What a function has reported about its end.
  package enum Report: Sendable {
    case success(RunMetrics)
    case failure(String, RunMetrics)

    var outcome: RunOutcome {
      switch self {
      case .success(let metrics): .success(metrics)
      case .failure(let message, let metrics): .failure(RunFailure(.reported, message), metrics)
      }
    }
  }

  private struct State {
    var stop: Stop?
    var report: Report?
    var log: RunLog?
    var observer: (@Sendable () -> Void)?
  }

  private let state = Mutex(State())

  package init() {}

  /// Why the run is to end; `nil` while it may go on. The first reason counts.
  package var stop: Stop? { state.withLock { $0.stop } }

  /// How the run ended where it is done; `nil` until that is reported.
  package var report: Report? { state.withLock { $0.report } }

  /// The run's log, from when it is open.
  var log: RunLog? {
    get { state.withLock { $0.log } }
    set { state.withLock { $0.log = newValue } }
  }

  package func end(_ reason: Stop) { tell { if $0.stop == nil { $0.stop = reason } } }

  /// The first report counts.
  package func deliver(_ report: Report) { tell { if $0.report == nil { $0.report = report } } }

  private func tell(_ change: (inout State) -> Void) {
    let observer = state.withLock { state in
      change(&state)
      return state.observer
    }
    observer?()
  }

  /// Calls `observer` at once when there is something to know already, and whenever there is something new; `nil` ends
  /// that.
  package func observe(_ observer: (@Sendable () -> Void)?) {
    let isNew = state.withLock { state in
      state.observer = observer
      return state.stop != nil || state.report != nil
    }
    if isNew { observer?() }
  }

  /// Returns when there is something to know, or the task is cancelled.
  package func news() async {
    let (news, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    observe { continuation.yield() }
    defer { observe(nil) }
    for await _ in news { return }
  }
}
