/// How long something took, in buckets for Prometheus.
package struct DurationHistogram: Sendable, Hashable {
  /// Upper bounds in nanoseconds, and as they are written in seconds.
  private static let bounds: [(nanoseconds: Int64, text: String)] = [
    (100_000, "0.0001"), (250_000, "0.00025"), (500_000, "0.0005"), (1_000_000, "0.001"), (2_500_000, "0.0025"),
    (5_000_000, "0.005"), (10_000_000, "0.01"), (25_000_000, "0.025"), (50_000_000, "0.05"), (100_000_000, "0.1"),
    (250_000_000, "0.25"), (500_000_000, "0.5"), (1_000_000_000, "1"), (5_000_000_000, "5"),
  ]

  private var counts = [Int](repeating: 0, count: Self.bounds.count)
  package private(set) var count = 0
  /// In seconds.
  package private(set) var sum = 0.0
  /// The latest, in nanoseconds.
  package private(set) var last: Int64 = 0

  package init() {}

  package mutating func record(nanoseconds: Int64) {
    count += 1
    last = nanoseconds
    sum += Double(nanoseconds) / 1e9
    if let place = Self.bounds.firstIndex(where: { nanoseconds <= $0.nanoseconds }) { counts[place] += 1 }
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
