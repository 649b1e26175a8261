import Glibc

/// Where deadlines take the time from. Tests put in one that they move by hand.
public struct HTTPClock: Sendable {
  /// Milliseconds since some fixed moment; never goes back.
  let milliseconds: @Sendable () -> UInt64

  public init(milliseconds: @escaping @Sendable () -> UInt64) { self.milliseconds = milliseconds }

  /// `CLOCK_MONOTONIC`.
  public static let monotonic = HTTPClock {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1000 + UInt64(time.tv_nsec) / 1_000_000
  }
}
