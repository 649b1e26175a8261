import CTJSON
import Testing

@testable import CTHealth

/// Business time follows the clocks on the wall, over both changes of the clock, weekends and holidays.
@Suite struct CalendarTests {
  private func calendar(
    opens: Int = 9 * 60, closes: Int = 17 * 60 + 30, weekdays: Set<Int> = [1, 2, 3, 4, 5], holidays: [String] = []
  ) throws -> BusinessCalendar {
    try BusinessCalendar(
      BusinessHours(
        timeZone: "Europe/London", weekdays: weekdays, opens: opens, closes: closes,
        holidays: Set(holidays.map { Timestamp.days(ofDate: $0.utf8)! })))
  }

  private func time(_ text: String) -> Timestamp { Timestamp(text)! }

  /// Minutes of business time between two instants.
  @Test(arguments: [
    ("2025-09-26T09:00:00Z", "2025-09-26T09:30:00Z", 30),  // summer: 10:00 on the wall
    ("2025-09-26T07:30:00Z", "2025-09-26T08:15:00Z", 15),  // opens at 08:00 UTC in summer
    ("2025-12-01T08:30:00Z", "2025-12-01T09:15:00Z", 15),  // and at 09:00 UTC in winter
    ("2025-09-26T16:00:00Z", "2025-09-29T08:10:00Z", 40),  // over a weekend
    ("2025-09-26T16:30:00Z", "2025-09-26T23:00:00Z", 0),  // after closing
    ("2025-12-24T17:00:00Z", "2025-12-29T09:05:00Z", 35),  // over Christmas
    ("2025-10-24T16:00:00Z", "2025-10-27T09:10:00Z", 40),  // summer time ends on the 26th
    ("2026-03-27T17:00:00Z", "2026-03-30T08:10:00Z", 40),  // summer time begins on the 29th
    ("2025-09-26T10:00:00Z", "2025-09-26T09:00:00Z", 0),
  ])
  func businessTimeIsCounted(from: String, to: String, minutes: Int64) throws {
    var calendar = try calendar(holidays: ["2025-12-25", "2025-12-26"])
    let counted = calendar.businessTime(from: time(from), to: time(to))
    #expect(counted == minutes * Span.minute)
  }

  @Test(arguments: [
    ("2025-09-26T16:20:00Z", 15, "2025-09-29T08:05:00Z"),  // the rest on Monday
    ("2025-09-26T16:20:00Z", 10, "2025-09-26T16:30:00Z"),
    ("2025-09-27T12:00:00Z", 15, "2025-09-29T08:15:00Z"),
    ("2025-10-24T16:20:00Z", 15, "2025-10-27T09:05:00Z"),
    ("2026-03-27T17:20:00Z", 15, "2026-03-30T08:05:00Z"),
  ])
  func theEndOfASpanIsFound(from: String, minutes: Int64, end: String) throws {
    var calendar = try calendar()
    let found = calendar.instant(after: time(from), businessTime: minutes * Span.minute)
    let counted = calendar.businessTime(from: time(from), to: time(end))
    #expect(found == time(end))
    #expect(counted == minutes * Span.minute)
  }

  /// The night on which 01:00 to 02:00 is skipped, or comes twice.
  @Test func hoursThatAreSkippedOrComeTwiceAreWhatTheyAre() throws {
    var nights = try calendar(opens: 0, closes: 240, weekdays: [1, 2, 3, 4, 5, 6, 7])
    let spring = (time("2026-03-28T22:00:00Z"), time("2026-03-29T10:00:00Z"))
    let autumn = (time("2026-10-24T22:00:00Z"), time("2026-10-25T10:00:00Z"))
    let short = nights.businessTime(from: spring.0, to: spring.1)
    let long = nights.businessTime(from: autumn.0, to: autumn.1)
    #expect((short, long) == (3 * Span.hour, 5 * Span.hour))
    var skipped = try calendar(opens: 90, closes: 180, weekdays: [7])
    let open = ["2026-03-29T00:59:59Z", "2026-03-29T01:00:00Z"].map { skipped.isOpen(at: time($0)) }
    let rest = skipped.businessTime(from: spring.0, to: spring.1)
    #expect(open == [false, true] && rest == Span.hour)
  }

  @Test func hoursThatCannotBeUsedAreRefused() {
    #expect(throws: BusinessCalendar.Fault.self) { try BusinessCalendar(BusinessHours(timeZone: "Europe/Londn")) }
    #expect(throws: BusinessCalendar.Fault.self) { try BusinessCalendar(BusinessHours(opens: 600, closes: 600)) }
    #expect(throws: BusinessCalendar.Fault.self) { try BusinessCalendar(BusinessHours(weekdays: [])) }
  }
}
