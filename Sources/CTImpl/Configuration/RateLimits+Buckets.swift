package import CTGenerated
package import CTRuntime

extension RateLimits {
  /// A new bucket for a token of this role; nil where there is no limit.
  package func bucket(for role: TokenRole, clock: RateClock = .monotonic) -> TokenBucket? {
    let limit =
      switch role {
      case .producer: (producer ?? ProducerRate()).limit
      case .viewer: (viewer ?? StaffRate()).limit
      case .operator: (`operator` ?? StaffRate()).limit
      case .maintainer: (maintainer ?? StaffRate()).limit
      case .owner: (owner ?? StaffRate()).limit
      }
    return limit.map { TokenBucket($0, clock: clock) }
  }

  /// The buckets of those who show no token; nil where there is no limit.
  package func anonymousBuckets(clock: RateClock = .monotonic) -> AddressBuckets? {
    (anonymous ?? AnonymousRate()).limit.map { AddressBuckets($0, clock: clock) }
  }
}

extension RateLimit {
  /// Nil for 0 requests a second, which stands for no limit.
  fileprivate init?(_ requestsPerSecond: Int, _ burst: Int) {
    guard requestsPerSecond > 0 else { return nil }
    self.init(requestsPerSecond: requestsPerSecond, burst: burst)
  }
}

extension ProducerRate {
  fileprivate var limit: RateLimit? { RateLimit(requestsPerSecond, burst) }
}

extension StaffRate {
  fileprivate var limit: RateLimit? { RateLimit(requestsPerSecond, burst) }
}

extension AnonymousRate {
  fileprivate var limit: RateLimit? { RateLimit(requestsPerSecond, burst) }
}
