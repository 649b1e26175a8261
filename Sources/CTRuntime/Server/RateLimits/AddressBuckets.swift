public import CTHTTP
internal import Synchronization

/// What each address may still ask without a token.
///
/// A table of fixed size, so that no number of addresses takes more memory (64 KiB): an address has the bucket that its
/// hash chooses, and shares it with whoever else has that one. The hash is seeded for each process, so that nobody can
/// choose an address to share with. Of IPv6, the 64 bits of the network count: whoever has one address has all of them.
public final class AddressBuckets: Sendable {
  private let limit: RateLimit
  private let clock: RateClock
  private let full = Mutex([UInt64](repeating: 0, count: AddressBuckets.count))

  private static let count = 8192

  public init(_ limit: RateLimit, clock: RateClock = .monotonic) {
    self.limit = limit
    self.clock = clock
  }

  /// Takes one request. - Returns: nil, or the seconds after which to try again.
  public func take(from peer: SocketAddress) -> Int? {
    let now = clock.now()
    let place = Int(UInt(bitPattern: peer.networkHash) % UInt(Self.count))
    return full.withLock { full in
      switch limit.verdict(full: full[place], now: now) {
      case .refused(let seconds): return seconds
      case .taken(let next):
        full[place] = next
        return nil
      }
    }
  }
}
