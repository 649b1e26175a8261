import CTJSON
import Foundation
import Testing

@testable import CTSchedule

@Suite struct ScheduleTests {
  private func at(_ text: String) -> Timestamp { Timestamp(text)! }

  @Test(arguments: [
    ("2025-01-15", "08:00", "Europe/London", "2025-01-15T08:00:00Z"),
    ("2025-07-15", "08:00", "Europe/London", "2025-07-15T07:00:00Z"),
    // The clocks go forward at 01:00: 01:30 does not exist.
    ("2025-03-30", "01:30", "Europe/London", "2025-03-30T01:00:00Z"),
    ("2025-03-30", "00:30", "Europe/London", "2025-03-30T00:30:00Z"),
    ("2025-03-30", "08:00", "Europe/London", "2025-03-30T07:00:00Z"),
    // They go back at 02:00: 01:30 comes twice.
    ("2025-10-26", "01:30", "Europe/London", "2025-10-26T00:30:00Z"),
    ("2025-10-26", "08:00", "Europe/London", "2025-10-26T08:00:00Z"),
    ("2025-10-26", "00:00", "Europe/London", "2025-10-25T23:00:00Z"),
    // Midnight itself does not exist there on that date.
    ("2024-09-08", "00:00", "America/Santiago", "2024-09-08T04:00:00Z"),
    ("2024-09-08", "00:30", "America/Santiago", "2024-09-08T04:00:00Z"),
    ("2025-06-01", "23:59", "Pacific/Kiritimati", "2025-06-01T09:59:00Z"),
  ])
  func anInstantForATimeOfDay(date: String, time: String, zone: String, expected: String) throws {
    let zone = try #require(TimeZone(identifier: zone))
    let date = try #require(LocalDate(date))
    #expect(date.instant(at: try #require(LocalTime(time)), in: zone) == at(expected))
  }

  @Test(arguments: ["8:00", "24:00", "08:60", "0800", "08:00:00", "-1:00", "", "ab:cd", "+1:00"])
  func isNoTimeOfDay(text: String) { #expect(LocalTime(text) == nil) }
}
