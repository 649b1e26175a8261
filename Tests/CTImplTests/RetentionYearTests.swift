import CSQLite
import CTArchive
import CTArtifacts
import CTCrypto
import CTGenerated
import CTJSON
import CTSchedule
import CTStore
import Foundation
import Testing

@testable import CTImpl

/// Four hundred days of a tower in a few seconds.
@Suite struct RetentionYearTests {
  private static let days = 400
  private static let perDay = 40
  private static let day: Int64 = 86_400_000_000
  private static let start = Timestamp("2024-11-01T00:00:00Z")!

  private func event(_ number: Int, at time: Timestamp) -> EventRecord {
    let note = String(repeating: "n", count: 250)
    // Of a type of which digests count nothing: adding up a year of invoices is another test.
    let payload = Array(#"{"contractorId":"C\#(number)","note":"\#(note)"}"#.utf8)
    return EventRecord(
      eventId: "evt_\(number)", type: "portal.upload.received", ts: time, source: "portal", payload: payload,
      bodyDigest: SHA256.hash(payload), receivedAt: time)
  }

  private func run(endedAt: Timestamp) -> [UInt8] {
    Array(#"{"runId":"run","trigger":"contract.regenerate","status":"success","endedAt":"\#(endedAt)"}"#.utf8)
  }

  @Test func everyDateHasADigestRetentionIsExactExportsAreCompleteAndNothingGrows() async throws {
    var configuration = CTGenerated.Archive()
    var backup = CTGenerated.Backup()
    backup.enabled = false
    configuration.backup = backup
    try await ArchiveTower.with(configuration, at: Self.start) { tower async throws in
      try await tower.archive.scheduler.runDue()
      var number = 0
      for day in 0..<Self.days {
        let midnight = Self.start.microseconds + Int64(day) * Self.day
        for quarter in 0..<4 {
          let time = Timestamp(microseconds: midnight + Int64(quarter) * Self.day / 4)
          tower.time.advance(seconds: Double(time.microseconds - tower.time.now.microseconds) / 1_000_000)
          let numbers = number..<(number + Self.perDay / 4)
          number = numbers.upperBound
          var writes = numbers.map { Write.append(event($0, at: time)) }
          if quarter == 0 { writes.append(.put(DocumentKey("runs", "run_\(1000 + day)"), body: run(endedAt: time))) }
          _ = try await tower.store.commit(writes)
          try await tower.archive.scheduler.runDue()
        }
        try await check(tower, day)
      }
      try await checkExports(tower, events: number)
      try await checkDigests(tower)
      try await checkJobs(tower)
      #expect(try await tower.store.verifyChain().isIntact)
      try await checkSize(tower)
    }
  }

  /// What came on the day 180 days ago is there, what came before is not.
  private func check(_ tower: ArchiveTower, _ day: Int) async throws {
    let first = try #require(try await tower.store.tail(after: 0, limit: 1).first)
    let oldest = Int((first.record.receivedAt.microseconds - Self.start.microseconds) / Self.day)
    #expect(oldest == max(0, day - 180), "on day \(day)")
    #expect(first.seq == Int64(max(0, day - 180) * Self.perDay + 1))
    let run = try #require(try await tower.store.documents(in: "runs", after: nil, descending: false, limit: 1).first)
    #expect(run.key.id == "run_\(1000 + max(0, day - 365))", "on day \(day)")
    let states = try await tower.store.documents(in: "systems-history", after: nil, descending: false, limit: 500)
    #expect(states.count <= 91)
    if day > 200 { #expect(states.count >= 90, "on day \(day)") }
  }

  private func checkExports(_ tower: ArchiveTower, events: Int) async throws {
    var place: Int64 = 0
    var count = 0
    for artifact in try await tower.archive.artifacts.all(prefix: "exports/")
    where artifact.name.text.hasSuffix("/manifest.json") {
      let json = try #require(try await tower.archive.artifacts.contents(of: artifact.name))
      let manifest = try #require(ExportManifest(json: json))
      let chain = try #require(manifest.chain)
      #expect(chain.after == place, "\(artifact.name)")
      #expect(manifest.files.first?.count == Int(chain.through - chain.after))
      place = chain.through
      count += manifest.files.first?.count ?? 0
    }
    // The last export was made on the last day, when it was looked for the first time after one in the morning.
    #expect(count == Int(place) && events - count == Self.perDay / 2)
  }

  /// One for each local date, in the store and among the artifacts.
  private func checkDigests(_ tower: ArchiveTower) async throws {
    let first = LocalDate("2024-11-01")!
    let dates = (0..<Self.days).map { first.adding(days: $0).description }
    let documents = try await tower.store.documents(
      in: DigestDesk.collection, after: nil, descending: false, limit: Self.days + 1)
    #expect(documents.map(\.key.id) == dates)
    let files = try await tower.archive.artifacts.all(prefix: "reports/daily/").map { $0.name.segments[2] }
    #expect(files == dates.flatMap { date in ["checkpoint.json", "html", "json", "md"].map { "\(date).\($0)" } })
  }

  private func checkJobs(_ tower: ArchiveTower) async throws {
    let exports = try await tower.archive.artifacts.all(prefix: "exports/").map { $0.name.segments[1] }
    let dates = Set(exports)
    #expect(dates.count == Self.days)
    // Events, runs, holds, systems, and the manifest.
    #expect(exports.count == dates.count * 5)
    for status in try await tower.archive.scheduler.status() { #expect(status.lastRun?.outcome == .succeeded) }
  }

  /// Beside a copy that was just packed: what the retained data needs.
  private func checkSize(_ tower: ArchiveTower) async throws {
    await tower.store.close()
    let path = tower.directory + "/tower.db"
    let packed = tower.directory + "/packed.db"
    var handle: OpaquePointer?
    sqlite3_open(path, &handle)
    #expect(sqlite3_exec(handle, "VACUUM INTO '\(packed)'", nil, nil, nil) == SQLITE_OK)
    sqlite3_close(handle)
    func size(_ path: String) throws -> Int {
      try #require(try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
    }
    let (found, needs) = (try size(path), try size(packed))
    #expect(found <= needs * 12 / 10, "\(found) bytes, and \(needs) would do")
  }
}
