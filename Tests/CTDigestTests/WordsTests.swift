import CTJSON
import Testing

@testable import CTDigest

@Suite struct WordsTests {
  @Test(arguments: [
    (0, "0 runs"), (1, "1 run"), (2, "2 runs"), (999, "999 runs"), (1000, "1,000 runs"), (1_234_567, "1,234,567 runs"),
    (-12_345, "−12,345 runs"),
  ])
  func counted(count: Int, text: String) { #expect(Words.counted(count, "run") == text) }

  @Test(arguments: [
    ("0.00", "0.00"), ("1234.50", "1,234.50"), ("-1234567.125", "−1,234,567.125"), ("100", "100"),
    ("999999999999999999999.01", "999,999,999,999,999,999,999.01"),
  ])
  func amounts(digits: String, text: String) { #expect(Words.amount(digits) == text) }

  @Test(arguments: [
    (0, "0 seconds"), (1, "1 second"), (89, "89 seconds"), (90, "1 minute"), (3599, "59 minutes"), (5399, "89 minutes"),
    (5400, "2 hours"), (172_799, "48 hours"), (172_800, "2 days"), (864_000, "10 days"), (-5, "0 seconds"),
  ])
  func durations(seconds: Int, text: String) { #expect(Words.duration(seconds: seconds) == text) }

  @Test(arguments: [
    (0.0, "0"), (1.0, "1"), (98.75, "98.8"), (99.96, "100"), (-0.04, "0"), (-2.5, "−2.5"), (12_345.6, "12,345.6"),
    (.infinity, "?"), (.nan, "?"),
  ])
  func decimals(value: Double, text: String) { #expect(Words.decimal(value) == text) }

  @Test(arguments: [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")])
  func lists(words: [String], text: String) { #expect(Words.list(words) == text) }

  @Test(arguments: [("", ""), ("Slow", "Slow."), ("Slow.", "Slow."), ("Why?", "Why?")])
  func sentences(text: String, sentence: String) { #expect(Words.sentence(text) == sentence) }

  @Test func `times are those of the digest's zone`() {
    let instant = time("2025-09-26T23:30:00Z")
    #expect(LocalTime(instant, offsetMinutes: 60).dateAndClock == "Sat 27 Sep, 00:30")
    #expect(LocalTime(instant, offsetMinutes: 0).dateAndClock == "Fri 26 Sep, 23:30")
    #expect(LocalTime(instant, offsetMinutes: -300).date == "2025-09-26")
  }

  @Test(arguments: [
    ("2025-09-27", "Saturday 27 September 2025"), ("1970-01-01", "Thursday 1 January 1970"),
    ("2024-02-29", "Thursday 29 February 2024"), ("1969-12-31", "Wednesday 31 December 1969"),
  ])
  func dates(date: String, text: String) { #expect(LocalTime.longDate(date) == text) }

  @Test(arguments: [
    (Figure(5, previous: 3), "+2"), (Figure(3, previous: 5), "−2"), (Figure(2005, previous: 1), "+2,004"),
  ])
  func changes(figure: Figure, text: String) {
    #expect(Change.of(figure, good: .neither) == [.text(" "), .change(text, nil)])
  }

  @Test func `a first number has no change`() { #expect(Change.of(Figure(5), good: .up).isEmpty) }

  @Test func `a number that has stayed has no change`() {
    #expect(Change.of(Figure(5, previous: 5), good: .up).isEmpty)
  }

  @Test func `what rounds to nothing is no change`() {
    #expect(Change.of(Measure(99.999, previous: 100), good: .up) { Words.decimal($0) }.isEmpty)
  }

  @Test func `trends are drawn from the least to the most`() {
    var objective = DailyDigest.quietDay.objectives[0]
    objective.trend = [0, 50, nil, 100].map { .init(date: "2025-09-26", value: $0) }
    #expect(objective.trendText == "▁▅·█")
    objective.trend = [5, 5].map { .init(date: "2025-09-26", value: $0) }
    #expect(objective.trendText == "▄▄")
    objective.trend = [.init(date: "2025-09-26", value: 5)]
    #expect(objective.trendText == "–")
  }
}
