internal import Synchronization

/// No more than so many requests in a second, evenly spread.
final class Pace: Sendable {
  private let step: Duration?
  private let next = Mutex<ContinuousClock.Instant?>(nil)

  /// Nil: as fast as it goes.
  init(perSecond: Int?) { step = perSecond.map { .seconds(1) / max(1, $0) } }

  /// Waits for one's turn.
  func wait() async {
    guard let step else { return }
    let now = ContinuousClock.now
    let turn = next.withLock { next in
      let turn = max(next ?? now, now)
      next = turn + step
      return turn
    }
    if turn > now { try? await Task.sleep(until: turn, clock: .continuous) }
  }
}
