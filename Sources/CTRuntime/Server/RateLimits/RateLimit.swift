/// How many requests are taken: so many at once, and so many a second from then on.
///
/// A token bucket, kept as the one instant at which it would be full again ("generic cell rate algorithm"): a number for
/// each caller, and no timer that fills anything.
public struct RateLimit: Sendable, Hashable {
  /// Nanoseconds in which one request becomes free again.
  private let interval: UInt64
  /// How far ahead of now the bucket's instant may be.
  private let depth: UInt64

  /// - Precondition: both are from 1 to 1,000,000.
  public init(requestsPerSecond: Int, burst: Int) {
    precondition(1...1_000_000 ~= requestsPerSecond && 1...1_000_000 ~= burst, "a rate limit out of range")
    interval = 1_000_000_000 / UInt64(requestsPerSecond)
    depth = interval * UInt64(burst)
  }

  /// What becomes of a bucket when a request comes.
  enum Verdict: Hashable {
    /// It is taken; the bucket is full again at this instant.
    case taken(UInt64)
    /// It is not; after so many whole seconds one will be.
    case refused(seconds: Int)
  }

  /// - Parameters:
  ///   - full: when the bucket is full again, in nanoseconds of the clock; 0 for one that was never used.
  ///   - now: by the same clock.
  func verdict(full: UInt64, now: UInt64) -> Verdict {
    let next = max(full, now) + interval
    guard next > now + depth else { return .taken(next) }
    let wait = next - now - depth
    return .refused(seconds: Int((wait + 999_999_999) / 1_000_000_000))
  }
}

/// Nanoseconds since some fixed moment, which never go back. Tests put in one that they move by hand.
public struct RateClock: Sendable {
  let now: @Sendable () -> UInt64

  public init(now: @escaping @Sendable () -> UInt64) { self.now = now }
}
