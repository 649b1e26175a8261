internal import Glibc

extension RateClock {
  /// `CLOCK_MONOTONIC`.
  public static let monotonic = RateClock {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
