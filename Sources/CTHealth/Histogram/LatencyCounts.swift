/// How long things took since the start, in the cumulative buckets of a Prometheus histogram.
package struct LatencyCounts: Sendable, Hashable {
  /// Upper bounds in microseconds, and as they are written in seconds.
  private static let bounds: [(microseconds: Int64, text: String)] = [
    (100_000, "0.1"), (250_000, "0.25"), (500_000, "0.5"), (1_000_000, "1"), (2_500_000, "2.5"), (5_000_000, "5"),
    (15_000_000, "15"), (60_000_000, "60"), (150_000_000, "150"), (300_000_000, "300"), (600_000_000, "600"),
    (3_600_000_000, "3600"), (86_400_000_000, "86400"),
  ]

  private var counts = [Int](repeating: 0, count: Self.bounds.count)
  package private(set) var count = 0
  /// In seconds.
  package private(set) var sum = 0.0

  package init() {}

  /// Counts one value in microseconds; a negative one as zero.
  mutating func record(_ microseconds: Int64) {
    count += 1
    sum += Double(max(0, microseconds)) / 1e6
    if let place = Self.bounds.firstIndex(where: { microseconds <= $0.microseconds }) { counts[place] += 1 }
  }

  /// How many took at most so many seconds, for each bound and `+Inf`.
  package var cumulative: [(bound: String, count: Int)] {
    var sum = 0
    var result: [(String, Int)] = []
    for (place, bound) in Self.bounds.enumerated() {
      sum += counts[place]
      result.append((bound.text, sum))
    }
    return result + [("+Inf", count)]
  }
}
