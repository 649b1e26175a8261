/// A hashed timer wheel. An entry is only a reminder to look at a connection again at some tick: a deadline that moves
/// later, which every request does, costs nothing, because the reminder finds out when it fires.
struct TimerWheel {
  /// Milliseconds.
  static let tick: UInt64 = 64
  private static let slots = 1024

  private struct Entry {
    var tick: UInt64
    var token: UInt64
  }

  private var wheel = [[Entry]](repeating: [], count: slots)
  private var current: UInt64
  private(set) var count = 0
  /// No entry is due before this tick; nil when there is none.
  private var earliest: UInt64?

  init(now: UInt64) { current = now / Self.tick }

  /// Milliseconds until something may be due; nil when nothing will be.
  func delay(now: UInt64) -> UInt64? {
    guard let earliest else { return nil }
    let due = (earliest + 1) * Self.tick
    return due > now ? due - now : 0
  }

  /// Reminds of `token` once `deadline` (milliseconds) has passed. Returns the tick it is set for.
  mutating func schedule(_ token: UInt64, at deadline: UInt64) -> UInt64 {
    let tick = max(deadline / Self.tick, current)
    wheel[Int(tick % UInt64(Self.slots))].append(Entry(tick: tick, token: token))
    count += 1
    earliest = min(earliest ?? tick, tick)
    return tick
  }

  /// Moves to `now` and hands over what has become due, with the tick it was set for.
  mutating func advance(to now: UInt64, into due: inout [(token: UInt64, tick: UInt64)]) {
    // A tick is over when the next one has begun: nothing fires before its deadline.
    let target = now / Self.tick
    guard target > current else { return }
    guard let first = earliest, first < target else {
      current = target
      return
    }
    let steps = min(target - max(first, current), UInt64(Self.slots))
    let start = target - steps
    for step in start..<target { collect(slot: Int(step % UInt64(Self.slots)), before: target, into: &due) }
    current = target
    earliest = next()
  }

  private mutating func collect(slot: Int, before target: UInt64, into due: inout [(token: UInt64, tick: UInt64)]) {
    guard !wheel[slot].isEmpty else { return }
    var kept: [Entry] = []
    for entry in wheel[slot] {
      if entry.tick < target {
        due.append((entry.token, entry.tick))
        count -= 1
      } else {
        kept.append(entry)
      }
    }
    wheel[slot] = kept
  }

  private func next() -> UInt64? {
    guard count > 0 else { return nil }
    for step in current..<(current + UInt64(Self.slots)) {
      let slot = wheel[Int(step % UInt64(Self.slots))]
      if let tick = slot.lazy.map(\.tick).min() { return max(min(tick, step), current) }
    }
    return current
  }
}
