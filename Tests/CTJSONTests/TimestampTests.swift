import CTJSON
import Testing

/// `date-time` of RFC 3339, as an instant.
@Suite struct TimestampTests {
  @Test(
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("1969-12-31T23:59:59.5Z", -500_000),
      ("2025-09-27T12:03:00Z", 1_758_974_580_000_000),
      ("2025-09-27t13:03:00+01:00", 1_758_974_580_000_000), ("2025-09-27T12:03:00.000001z", 1_758_974_580_000_001),
      ("2025-09-27T12:03:00.1234567899Z", 1_758_974_580_123_456), ("2000-02-29T00:00:00-00:00", 951_782_400_000_000),
      ("2016-12-31T23:59:60Z", 1_483_228_800_000_000), ("1990-12-31T15:59:60-08:00", 662_688_000_000_000),
      ("0000-01-01T00:00:00Z", -62_167_219_200_000_000), ("9999-12-31T23:59:59Z", 253_402_300_799_000_000),
    ] as [(String, Int64)])
  func `reads instants`(text: String, microseconds: Int64) {
    #expect(Timestamp(text)?.microseconds == microseconds)
  }

  @Test(arguments: [
    "", "2025", "2025-09-27", "2025-09-27T12:03:00", "2025-09-27 12:03:00Z", "2025-02-29T00:00:00Z",
    "2025-13-01T00:00:00Z", "2025-00-01T00:00:00Z", "2025-01-32T00:00:00Z", "2025-01-01T24:00:00Z",
    "2025-01-01T00:60:00Z", "2025-01-01T00:00:61Z", "2025-01-01T00:00:60Z", "2025-01-01T00:00:00.Z",
    "2025-01-01T00:00:00+25:00", "2025-01-01T00:00:00+0100", "25-01-01T00:00:00Z", "2025-1-01T00:00:00Z",
    "2025-01-01T00:00:00ZZ", "1900-02-29T00:00:00Z",
  ])
  func `refuses what is none`(text: String) {
    #expect(Timestamp(text) == nil)
  }

  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59.999999Z"),
      (1_758_974_580_123_000, "2025-09-27T12:03:00.123Z"),
      (951_782_400_000_000, "2000-02-29T00:00:00Z"),
    ] as [(Int64, String)])
  func `writes instants in UTC`(microseconds: Int64, text: String) {
    #expect(Timestamp(microseconds: microseconds).description == text)
  }

  @Test func `reads what it writes`() {
    let seed = UInt64.random(in: 0...UInt64.max)
    print("seed \(seed)")
    var random = SeededGenerator(seed: seed)
    for _ in 0..<10_000 {
      let value = Timestamp(
        microseconds: .random(in: -62_167_219_200_000_000...253_402_300_799_999_999, using: &random))
      #expect(Timestamp(value.description) == value)
    }
  }
}
