import Testing

@testable import CTHealth

/// Quantiles are within 1 % of the exact ones; parts add up; the bytes come back as they were.
@Suite struct HistogramTests {
  struct SplitMix: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var z = state
      z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
      return z ^ (z >> 31)
    }
  }

  /// From a microsecond to weeks, so that every scale is met.
  static func values(_ count: Int, seed: UInt64) -> [Int64] {
    var random = SplitMix(state: seed)
    return (0..<count).map { _ in
      let scale = Int64(1) << Int64.random(in: 0...40, using: &random)
      return Int64.random(in: 0...scale, using: &random)
    }
  }

  private static func exact(_ sorted: [Int64], _ q: Double) -> Double {
    Double(sorted[max(1, Int((q * Double(sorted.count)).rounded(.up))) - 1])
  }

  @Test(arguments: [1, 2, 3, 17, 1000, 20_000], [UInt64(1), 2, 3])
  func quantilesAreWithinOnePercentOfTheExactOnes(count: Int, seed: UInt64) {
    let values = Self.values(count, seed: seed)
    var histogram = LatencyHistogram()
    for value in values { histogram.record(value) }
    let sorted = values.sorted()
    for q in [0.0, 0.01, 0.5, 0.9, 0.95, 0.99, 0.999, 1] {
      let exact = Self.exact(sorted, q)
      let estimate = histogram.quantile(q)!
      #expect(abs(estimate - exact) <= exact * 0.010_000_1, "q \(q), seed \(seed): \(estimate) for \(exact)")
    }
  }

  @Test func everyValueIsWithinOnePercentOfItsBin() {
    var random = SplitMix(state: 9)
    for value in (1...5000).map(Int64.init)
      + (0..<5000).map({ _ in Int64.random(in: 1...34_560_000_000_000, using: &random) })
    {
      let estimate = LatencyScale.value(ofBin: UInt16(LatencyScale.bin(of: value)))
      #expect(abs(estimate - Double(value)) <= Double(value) * 0.010_000_1, "\(value)")
    }
  }

  @Test func partsAddUpToTheWholeAndCanBeTakenAway() {
    let values = Self.values(10_000, seed: 4)
    var whole = LatencyHistogram()
    var parts = Array(repeating: LatencyHistogram(), count: 7)
    for (index, value) in values.enumerated() {
      whole.record(value)
      parts[index % 7].record(value)
    }
    var sum = LatencyHistogram()
    for part in parts.reversed() { sum.add(part) }
    #expect(sum == whole)
    for part in parts.dropFirst() { sum.subtract(part) }
    #expect(sum == parts[0])
    sum.subtract(parts[0])
    #expect(sum == LatencyHistogram() && sum.quantile(0.5) == nil)
  }

  @Test func theBytesComeBackAsTheyWere() {
    for seed in UInt64(1)...20 {
      var histogram = LatencyHistogram()
      for value in Self.values(Int(seed) * 50, seed: seed) { histogram.record(value) }
      #expect(LatencyHistogram(bytes: histogram.bytes) == histogram, "seed \(seed)")
    }
    #expect(LatencyHistogram(bytes: []) == LatencyHistogram())
  }

  @Test(arguments: [[0x80], [1], [1, 0], [0xff, 0xff, 0xff, 0x7f, 1], [5, 1, 0, 1]] as [[UInt8]])
  func bytesThatAreNoHistogramAreRefused(bytes: [UInt8]) {
    #expect(LatencyHistogram(bytes: bytes) == nil)
  }

  @Test func valuesBeyondALimitAreCounted() {
    var histogram = LatencyHistogram()
    for value in 1...1000 { histogram.record(Int64(value) * 1000) }
    #expect(abs(histogram.count(above: 900_000) - 100) <= 9)
    #expect(histogram.count(above: 2_000_000) == 0)
    #expect(histogram.count(upTo: 2_000_000) == 1000)
    #expect(abs(histogram.sum - 500_500_000) <= 5_005_000)
  }
}
