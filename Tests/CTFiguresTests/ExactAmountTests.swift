import CTJSON
import Testing

@testable import CTFigures

@Suite struct ExactAmountTests {
  private func amount(_ text: String) -> ExactAmount? { ExactAmount(JSONNumber(text)!) }

  @Test(arguments: [
    ("0", "0.00"), ("-0.0", "0.00"), ("1234.56", "1234.56"), ("1234.5", "1234.50"), ("-246.910", "-246.91"),
    ("1e3", "1000.00"), ("1.5E-1", "0.15"), ("1E+2", "100.00"), ("0.000000000000000001", "0.000000000000000001"),
    ("999999999.99", "999999999.99"), ("0.1250", "0.125"), ("0e99999999999999999999", "0.00"), ("100e-2", "1.00"),
    ("999999999999", "999999999999.00"),
  ])
  func `keeps every digit`(number: String, text: String) { #expect(amount(number)?.description == text) }

  @Test(arguments: [
    "1e-19", "0.1234567890123456789", "1000000000000", "1e99999999999999999999", "1e-99999999999999999999",
  ])
  func `what cannot be added exactly is refused`(number: String) { #expect(amount(number) == nil) }

  /// Ten cents ten times are a pound; in binary floating point they are not.
  @Test func `sums are exact`() {
    var sum = ExactAmount.zero
    for _ in 0..<10 { sum += amount("0.1")! }
    #expect(sum == amount("1"))
  }

  /// Sums of pence against sums of whole numbers.
  @Test(arguments: [UInt64(1), 2, 3])
  func `sums are those of whole pence`(seed: UInt64) {
    var state = seed
    var pence = 0
    var sum = ExactAmount.zero
    for _ in 0..<10_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let value = Int(state >> 40) - (1 << 23)
      pence += value
      let magnitude = value.magnitude
      let cents = magnitude % 100 < 10 ? "0\(magnitude % 100)" : "\(magnitude % 100)"
      sum += amount("\(value < 0 ? "-" : "")\(magnitude / 100).\(cents)")!
    }
    #expect(sum == amount("\(pence)e-2"))
  }
}
