import Testing

@testable import CTDigest

@Suite struct ComparisonTests {
  @Test func `numbers know what they were`() {
    let digest = DailyDigest.badDay.compared(with: .quietDay)
    #expect(digest.comparedWith == "2025-09-26")
    #expect(digest.previousStatus == .green)
    #expect(digest.systems[0].previousStatus == .green)
    #expect(digest.runs.failed == Figure(3, previous: 0))
    #expect(digest.finance?.unpaid == Figure(5, previous: 3))
    #expect(digest.finance?.averageDaysToPay == Measure(12.25, previous: 11.5))
  }

  @Test func `events are counted from digest to digest`() {
    #expect(DailyDigest.badDay.compared(with: .quietDay).log.events.value == 94_655 - 91_200)
  }

  @Test func `the week before stays the week before`() {
    #expect(DailyDigest.badDay.compared(with: .quietDay).exceptions?.errors7d == Figure(20, previous: 6))
  }

  @Test func `trends are a week at most`() {
    var digest = DailyDigest.quietDay
    for day in 1...20 {
      var next = DailyDigest.badDay
      next.objectives[0].trend = [.init(date: "2025-10-\(day)", value: Double(day))]
      digest = next.compared(with: digest)
    }
    #expect(digest.objectives[0].trend.compactMap(\.value) == [14, 15, 16, 17, 18, 19, 20])
  }

  @Test func `an objective that is new has no past`() {
    var before = DailyDigest.quietDay
    before.objectives = []
    let digest = DailyDigest.badDay.compared(with: before)
    #expect(digest.objectives[0].previousStatus == nil && digest.objectives[0].trend.count == 1)
  }

  @Test func `a repository that was not there had no failures`() {
    let digest = DailyDigest.badDay.compared(with: .quietDay)
    #expect(digest.ci?.repositories[0].failures7d == Figure(2, previous: 0))
    var crowded = DailyDigest.quietDay
    crowded.ci?.repositoriesOmitted = 1
    #expect(DailyDigest.badDay.compared(with: crowded).ci?.repositories[0].failures7d.previous == nil)
  }
}
