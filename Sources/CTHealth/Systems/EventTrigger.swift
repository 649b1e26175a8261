internal import CTJSON

/// The times at which events arrived that one rule counts, from one system.
struct EventTrigger: Sendable {
  let rule: Int
  private let count: Int
  private let window: Int64
  /// In their order.
  private var times: [Timestamp] = []
  /// Whether there were enough when it was last asked.
  private(set) var isHeld = false

  /// So many are remembered; further ones change nothing.
  private static let maximumKept = 1000

  init(rule: Int, count: Int, window: Int64) {
    self.rule = rule
    self.count = count
    self.window = window
  }

  mutating func note(_ instant: Timestamp) {
    // Only a clock that was set back makes it look further than at the last one.
    let place = times.lastIndex { $0 <= instant }.map { $0 + 1 } ?? 0
    times.insert(instant, at: place)
    if times.count >= 2 * Self.maximumKept { times.removeFirst(times.count - Self.maximumKept) }
  }

  /// The events within the window that ends now, and the first of them, when there are enough.
  mutating func holds(at now: Timestamp) -> (count: Int, since: Timestamp)? {
    let limit = now.advanced(by: -window)
    if let first = times.first, first <= limit { times.removeFirst(times.firstIndex { $0 > limit } ?? times.count) }
    isHeld = times.count >= count
    guard isHeld, let first = times.first else { return nil }
    return (times.count, first)
  }

  /// When there are no longer enough events in the window, if no more come.
  var end: Timestamp? { times.count >= count ? times[times.count - count].advanced(by: window) : nil }
}
