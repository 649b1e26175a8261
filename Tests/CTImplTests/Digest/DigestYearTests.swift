import CTArtifacts
import CTDigest
import CTFigures
import CTGenerated
import CTJSON
import CTSchedule
import CTStore
import Foundation
import Synchronization
import Testing

@testable import CTImpl

/// A tower's digests over simulated days: a store on disk, a scheduler, a folder of artifacts, and a clock that the test
/// moves. It can be stopped and started again.
private final class DigestYear {
  let time: TestClock
  let directory: String
  let zone: String
  private(set) var store: SQLiteStore!
  private(set) var desk: DigestDesk!
  private(set) var scheduler: Scheduler!
  private(set) var artifacts: DirectoryArtifactStore!
  private var random: UInt64
  private var sent = 0

  init(start: String, zone: String = "Europe/London", seed: UInt64) async throws {
    time = TestClock()
    time.set(Timestamp(start)!)
    self.zone = zone
    random = seed
    directory = NSTemporaryDirectory() + "ct-digests-\(UInt64.random(in: .min ... .max))"
    try await begin()
  }

  func begin() async throws {
    var options = StoreOptions()
    options.now = { [time] in time.now }
    let store = try await SQLiteStore.open(directory: directory, options: options, projections: Figures.projections)
    let plan = try DigestPlan(DigestSettings(timeZone: zone))
    desk = DigestDesk(store: store, health: NobodyHeard(), plan: plan, clock: time.clock)
    artifacts = try DirectoryArtifactStore(path: directory + "/artifacts")
    let job = DigestJob(desk: desk, artifacts: artifacts).scheduled
    scheduler = Scheduler(store: store, jobs: [job], now: { [time] in time.now })
    self.store = store
    _ = try await scheduler.runDue()
  }

  func end() async { await store.close() }

  func remove() async {
    await end()
    try? FileManager.default.removeItem(atPath: directory)
  }

  func draw(_ bound: Int) -> Int {
    random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((random >> 33) % UInt64(bound))
  }

  /// Something happens in finance: what it is worth is a whole number of pence.
  func sell() async throws -> Int {
    let pence = draw(1_000_000)
    sent += 1
    let digits = "\(pence / 100).\(pence % 100 < 10 ? "0" : "")\(pence % 100)"
    var event = record(
      "evt_\(sent)", payload: #"{"invoiceId":"INV-\#(sent)","period":"2025-09","total":\#(digits)}"#)
    event.ts = time.now
    event.receivedAt = time.now
    _ = try await store.append(event)
    return pence
  }

  func digests() async throws -> [CTDigest.DailyDigest] {
    var all: [CTDigest.DailyDigest] = []
    var before = LocalDate("9999-12-31")!
    while case let page = try await desk.digests(before: before, limit: 100), let last = page.last {
      all += page
      before = LocalDate(last.date)!
    }
    return all.reversed()
  }
}

@Suite struct DigestYearTests {
  /// 400 days with both changes of the clocks, restarts, and a clock that is set back and put forward by hours.
  @Test(arguments: [("Europe/London", UInt64(1)), ("America/New_York", 2), ("Australia/Lord_Howe", 3)])
  func `one digest for every local date`(zone: String, seed: UInt64) async throws {
    let year = try await DigestYear(start: "2025-09-26T03:00:00Z", zone: zone, seed: seed)
    var pence = 0
    let end = Timestamp("2025-09-26T03:00:00Z")!.microseconds + 400 * 86_400_000_000
    while year.time.now.microseconds < end {
      pence += try await year.sell()
      year.time.advance(seconds: Double(600 + year.draw(5 * 3600)))
      if year.draw(10) == 0 { year.time.advance(seconds: -Double(year.draw(7200))) }
      if year.draw(20) == 0 {
        await year.end()
        year.time.advance(seconds: Double(year.draw(6 * 3600)))
        try await year.begin()
      }
      _ = try await year.scheduler.runDue()
    }
    let digests = try await year.digests()
    let first = LocalDate(digests[0].date)!
    let expected = digests.indices.map { first.adding(days: $0).description }
    #expect(digests.map(\.date) == expected, "seed \(seed)")
    #expect(digests.count >= 399)
    // The periods join without a gap, and each ends at its hour.
    for (before, after) in zip(digests, digests.dropFirst()) { #expect(before.period.to == after.period.from) }
    for digest in digests {
      let hour = LocalTime("08:00")!
      #expect(digest.period.to == LocalDate(digest.date)!.instant(at: hour, in: TimeZone(identifier: zone)!))
    }
    let names = try await year.artifacts.all(prefix: "reports/daily/").map(\.name.text)
    #expect(names.count(where: { $0.hasSuffix(".md") }) == digests.count)
    #expect(names.count(where: { $0.hasSuffix(".checkpoint.json") }) == digests.count)
    await year.remove()
  }

  @Test func `every invoice is in one digest, and the totals are exact`() async throws {
    let year = try await DigestYear(start: "2025-10-20T03:00:00Z", seed: 4)
    var expected = 0
    for _ in 0..<200 {
      let now = year.time.now
      let pence = try await year.sell()
      if now < Timestamp("2025-10-19T07:00:00Z")! { continue }
      expected += pence
      year.time.advance(seconds: 3600 + Double(year.draw(3600)))
      _ = try await year.scheduler.runDue()
    }
    year.time.advance(seconds: 86_400)
    _ = try await year.scheduler.runDue()
    var total = 0
    for digest in try await year.digests() {
      for money in try #require(digest.finance).generated.totals {
        let parts = money.amount.split(separator: ".")
        #expect(money.currency == "GBP" && parts[1].count == 2)
        total += Int(parts[0])! * 100 + Int(parts[1])!
      }
    }
    #expect(total == expected)
    await year.remove()
  }

  @Test func `after downtime one digest tells of all that time`() async throws {
    let year = try await DigestYear(start: "2025-09-26T03:00:00Z", seed: 5)
    year.time.set(Timestamp("2025-09-26T07:00:00Z")!)
    _ = try await year.scheduler.runDue()
    await year.end()
    year.time.set(Timestamp("2025-09-29T09:30:00Z")!)
    try await year.begin()
    for _ in 0..<5 { _ = try await year.scheduler.runDue() }
    let digests = try await year.digests()
    #expect(digests.map(\.date) == ["2025-09-26", "2025-09-29"])
    #expect(
      digests[1].period == Period(from: Timestamp("2025-09-26T07:00:00Z")!, to: Timestamp("2025-09-29T07:00:00Z")!))
    #expect(digests[1].markdown.contains("**Made late**, on Mon 29 Sep, 10:30."))
    await year.remove()
  }

  @Test func `a day has 23 or 25 hours where the clocks change`() async throws {
    let year = try await DigestYear(start: "2025-10-25T03:00:00Z", seed: 6)
    for day in ["2025-10-25T07:00:00Z", "2025-10-26T07:59:59Z", "2025-10-26T08:00:00Z", "2025-10-27T08:00:00Z"] {
      year.time.set(Timestamp(day)!)
      _ = try await year.scheduler.runDue()
    }
    let digests = try await year.digests()
    #expect(digests.map(\.date) == ["2025-10-25", "2025-10-26", "2025-10-27"])
    #expect(digests[1].period.to.microseconds - digests[1].period.from.microseconds == 25 * 3_600_000_000)
    #expect(digests.map(\.utcOffsetMinutes) == [60, 0, 0])
    await year.remove()
  }

  @Test func `a clock that was days ahead for a while does not hide the later digests`() async throws {
    let year = try await DigestYear(start: "2025-09-26T03:00:00Z", seed: 7)
    for day in ["2025-09-26T07:00:00Z", "2025-10-05T12:00:00Z", "2025-09-27T07:00:00Z", "2025-09-28T07:00:00Z"] {
      year.time.set(Timestamp(day)!)
      _ = try await year.scheduler.runDue()
    }
    #expect(try await year.digests().map(\.date) == ["2025-09-26", "2025-09-27", "2025-09-28", "2025-10-05"])
    #expect(try await year.desk.latest()?.date == "2025-09-28")
    await year.remove()
  }

  @Test func `two towers on a store make one digest`() async throws {
    let year = try await DigestYear(start: "2025-09-26T12:00:00Z", seed: 8)
    let date = LocalDate("2025-09-26")!
    let desk = year.desk!
    let made = try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 { group.addTask { try await desk.make(date).isNew } }
      return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
    }
    #expect(made == 1)
    await year.remove()
  }

  /// The digest of the 27th was given up; the next one tells of that day, and a replay makes no second one of it.
  @Test func `a day that another digest tells of gets none of its own`() async throws {
    let year = try await DigestYear(start: "2025-09-26T03:00:00Z", seed: 10)
    for day in ["2025-09-26T07:00:00Z", "2025-09-28T07:00:00Z"] {
      year.time.set(Timestamp(day)!)
      _ = try await year.scheduler.runDue()
    }
    #expect(try await year.scheduler.runAgain(DigestJob.name, key: "2025-09-27"))
    #expect(try await year.digests().map(\.date) == ["2025-09-26", "2025-09-28"])
    let detail = try await year.scheduler.status().first?.lastRun?.detail
    #expect(detail == "the digest of 2025-09-28 tells of 2025-09-27 too")
    await year.remove()
  }

  /// The tower dies after the digest is on disk and before it is archived.
  @Test func `what is missing of an archived digest is made up for`() async throws {
    let year = try await DigestYear(start: "2025-09-26T12:00:00Z", seed: 9)
    let date = LocalDate("2025-09-26")!
    let job = DigestJob(desk: year.desk, artifacts: year.artifacts)
    let digest = try await year.desk.make(date).digest
    #expect(try await year.artifacts.contents(of: ArtifactName("reports/daily/2025-09-26.json")!) == nil)
    year.time.advance(seconds: 600)
    let detail = try await job.run(date)
    #expect(detail.hasPrefix("there is the digest of 2025-09-26"))
    let archived = try await year.artifacts.contents(of: ArtifactName("reports/daily/2025-09-26.json")!)
    #expect(try archived == digest.json)
    await year.remove()
  }
}

/// Health is judged minute by minute, and a year of minutes says nothing about digests.
struct NobodyHeard: DigestHealthSource {
  func digestHealth(_ period: Period) async throws -> DigestHealth {
    DigestHealth(systems: [], objectives: [], alerts: AlertsSection())
  }
}
