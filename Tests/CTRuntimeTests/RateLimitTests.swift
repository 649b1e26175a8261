import CTHTTP
import Synchronization
import Testing

@testable import CTRuntime

/// Time that stands until the test moves it.
final class ManualTime: Sendable {
  private let nanoseconds = Atomic<UInt64>(5_000_000_000)

  var clock: RateClock { RateClock { self.nanoseconds.load(ordering: .sequentiallyConsistent) } }
  func advance(milliseconds: UInt64) {
    nanoseconds.wrappingAdd(milliseconds * 1_000_000, ordering: .sequentiallyConsistent)
  }
}

@Suite struct RateLimitTests {
  private let time = ManualTime()

  private func bucket(_ requestsPerSecond: Int, burst: Int) -> TokenBucket {
    TokenBucket(RateLimit(requestsPerSecond: requestsPerSecond, burst: burst), clock: time.clock)
  }

  /// How many of so many requests are taken.
  private func taken(_ bucket: TokenBucket, of count: Int) -> Int {
    (0..<count).filter { _ in bucket.take() == nil }.count
  }

  @Test(arguments: [(1, 1), (10, 1), (1, 10), (1000, 10_000), (1_000_000, 1_000_000)])
  func aBurstIsTakenAtOnceAndNoMore(requestsPerSecond: Int, burst: Int) {
    #expect(taken(bucket(requestsPerSecond, burst: burst), of: burst + 5) == burst)
  }

  @Test func fromThenOnSoManyASecond() {
    let bucket = bucket(10, burst: 5)
    #expect(taken(bucket, of: 100) == 5)
    for _ in 0..<20 {
      time.advance(milliseconds: 100)
      #expect(taken(bucket, of: 100) == 1)
    }
  }

  @Test func whatIsNotUsedIsKeptUpToTheBurst() {
    let bucket = bucket(10, burst: 5)
    #expect(taken(bucket, of: 5) == 5)
    time.advance(milliseconds: 300)
    #expect(taken(bucket, of: 100) == 3)
    time.advance(milliseconds: 3_600_000)
    #expect(taken(bucket, of: 100) == 5)
  }

  @Test(arguments: [(1000, 1), (10, 1), (1, 1)]) func saysWhenToTryAgain(requestsPerSecond: Int, seconds: Int) {
    let bucket = bucket(requestsPerSecond, burst: 1)
    #expect(bucket.take() == nil)
    #expect(bucket.take() == seconds)
    time.advance(milliseconds: UInt64(seconds) * 1000)
    #expect(bucket.take() == nil)
  }

  @Test func threadsTogetherTakeNoMoreThanOne() async {
    let bucket = bucket(1, burst: 1000)
    let total = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<8 { group.addTask { self.taken(bucket, of: 500) } }
      return await group.reduce(0, +)
    }
    #expect(total == 1000)
  }

  // MARK: Addresses

  private func address(_ text: String, port: UInt16 = 1) throws -> SocketAddress {
    try #require(SocketAddress(literal: text, port: port))
  }

  @Test(arguments: [
    ("192.0.2.1", "192.0.2.1"), ("2001:db8::1", "2001:db8::2"), ("2001:db8::1", "2001:db8:0:0:ffff::9"),
  ])
  func oneNetworkHasOneBucket(first: String, second: String) throws {
    let buckets = AddressBuckets(RateLimit(requestsPerSecond: 1, burst: 1), clock: time.clock)
    #expect(buckets.take(from: try address(first, port: 1)) == nil)
    #expect(buckets.take(from: try address(second, port: 2)) == 1)
  }

  @Test func othersAreHardlyEverTouched() throws {
    let buckets = AddressBuckets(RateLimit(requestsPerSecond: 1, burst: 1), clock: time.clock)
    // 500 addresses share 8,192 buckets: about 15 pairs are expected, and 60 would be a broken hash.
    let refused = try (0..<500).filter { buckets.take(from: try address("10.0.\($0 / 250).\($0 % 250)")) != nil }
    #expect(refused.count < 60)
  }
}
