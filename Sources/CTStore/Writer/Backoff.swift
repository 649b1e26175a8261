/// Waiting times that double from a first one up to 30 s.
struct Backoff {
  private let first: Int
  private var delay: Int
  private var due = 0

  private static let maximum = 30_000

  /// - Parameter first: milliseconds.
  init(first: Int) {
    self.first = first
    delay = first
  }

  /// Milliseconds until the next attempt.
  var remaining: Int { max(0, due - Clock.milliseconds) }

  mutating func start() { due = Clock.milliseconds + delay }

  /// After an attempt that failed.
  mutating func grow() {
    delay = min(2 * delay, Self.maximum)
    start()
  }

  mutating func reset() { delay = first }
}
