package import CTJSON

/// When something that failed is tried again, and how often at most: after 1, 2, 4, … seconds up to a cap, each with
/// jitter, so that what failed together does not come back together.
package struct RetryPolicy: Sendable {
  /// The wait after the first failure, in microseconds.
  package var first: Int64 = 1_000_000
  /// The longest wait, in microseconds, before jitter.
  package var cap: Int64 = 300_000_000
  /// After so many failures it becomes a dead letter.
  package var attempts = 8

  package init() {}

  /// How long to wait after so many failures: up to a fifth more or less than the doubled time, in microseconds.
  package func delay(after attempts: Int, _ random: inout some RandomNumberGenerator) -> Int64 {
    let doubled = first << Int64(min(max(attempts, 1) - 1, 30))
    let base = min(doubled, cap)
    return base - base / 5 + Int64(random.next() % UInt64(max(1, 2 * base / 5)))
  }

  /// Whether the next attempt is due. One that seems to be further away than any wait is long tells of a clock that
  /// was set back, and does not have to wait for it to come round again.
  package func isDue(_ due: Timestamp, at now: Timestamp) -> Bool {
    due <= now || due.microseconds - now.microseconds > cap + cap / 5
  }
}

/// SplitMix64: random enough for jitter and for names, and the same again for the same seed.
package struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

/// Ids that sort by the time they were made at: a prefix, 16 hexadecimal digits of microseconds, 8 of chance.
package enum TimedID {
  package static func make(_ prefix: String, at now: Timestamp, _ random: inout some RandomNumberGenerator) -> String {
    "\(prefix)_\(hexadecimal(UInt64(bitPattern: max(0, now.microseconds))))\(hexadecimal(random.next()).suffix(8))"
  }

  /// Sixteen digits, so that the order of the texts is that of the numbers.
  package static func hexadecimal(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
