internal import Synchronization

/// What one token may still ask. Any number of threads may take from it; nothing is locked or allocated.
public final class TokenBucket: Sendable {
  private let limit: RateLimit
  private let clock: RateClock
  private let full = Atomic<UInt64>(0)

  public init(_ limit: RateLimit, clock: RateClock = .monotonic) {
    self.limit = limit
    self.clock = clock
  }

  /// Takes one request. - Returns: nil, or the seconds after which to try again.
  public func take() -> Int? {
    let now = clock.now()
    var seen = full.load(ordering: .relaxed)
    while true {
      switch limit.verdict(full: seen, now: now) {
      case .refused(let seconds): return seconds
      case .taken(let next):
        let (exchanged, original) = full.weakCompareExchange(expected: seen, desired: next, ordering: .relaxed)
        if exchanged { return nil }
        seen = original
      }
    }
  }
}

/// Two buckets are equal when they are the same one.
extension TokenBucket: Hashable {
  public static func == (left: TokenBucket, right: TokenBucket) -> Bool { left === right }
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
