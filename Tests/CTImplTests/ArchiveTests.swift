import CTArtifacts
import CTGenerated
import CTHTTP
import CTJSON
import CTRuns
import CTRuntime
import CTSchedule
import CTStore
import Testing

@testable import CTImpl

/// Artifacts, links, jobs and holds, over HTTP.
@Suite struct ArchiveTests {
  private let log = Array("0123456789".utf8)

  private func put(_ text: String, _ tower: ArchiveTower) async throws {
    try await tower.archive.artifacts.put(
      ArtifactName(text)!, mediaType: "text/plain", at: tower.time.now, log)
  }

  private func page(_ output: ListArtifacts.Output) -> ListArtifacts.OK? {
    if case .ok(let page) = output { page } else { nil }
  }

  private func link(_ tower: ArchiveTower) async throws -> String {
    try await put("runs/run_1/log.txt", tower)
    let page = try #require(page(try await tower.client("maintainer").listArtifacts(prefix: "runs/")))
    return try #require(page.body.first?.download.href)
  }

  @Test func artifactsAreListedInPagesAndBackupsForOwnersOnly() async throws {
    try await ArchiveTower.with { tower async throws in
      for name in ["backups/1/tower.db.gz", "exports/a", "exports/b", "exports/c", "originals/aa/b", "runs/r/log"] {
        try await put(name, tower)
      }
      let first = try #require(page(try await tower.client("maintainer").listArtifacts(limit: 2)))
      #expect(first.body.map(\.name) == ["exports/a", "exports/b"])
      #expect(first.link == "</artifacts?limit=2&cursor=exports%2Fb>; rel=\"next\"")
      let second = try #require(page(try await tower.client("maintainer").listArtifacts(limit: 2, cursor: "exports/b")))
      #expect(second.body.map(\.name) == ["exports/c", "runs/r/log"] && second.link == nil)
      let all = try #require(page(try await tower.client("owner").listArtifacts()))
      #expect(all.body.map(\.name).first == "backups/1/tower.db.gz" && all.body.count == 5)
    }
  }

  @Test func aLinkIsGoodWithoutATokenUntilItExpires() async throws {
    try await ArchiveTower.with { tower async throws in
      let link = try await link(tower)
      let answer = try await tower.send(.get, link)
      #expect(answer.status == .ok && answer.body == log)
      #expect(answer.fields.value(of: "content-disposition")?.description == #"attachment; filename="log.txt""#)
      tower.time.advance(seconds: 15 * 60 + 1)
      #expect(try await tower.send(.get, link).status == .gone)
      let forged = String(link.dropLast()) + (link.hasSuffix("A") ? "B" : "A")
      #expect(try await tower.send(.get, forged).status == .notFound)
    }
  }

  @Test(arguments: [
    ("bytes=0-3", 206, "0123", "bytes 0-3/10"), ("bytes=4-", 206, "456789", "bytes 4-9/10"),
    ("bytes=-3", 206, "789", "bytes 7-9/10"), ("bytes=-99", 206, "0123456789", "bytes 0-9/10"),
    ("bytes=9-99", 206, "9", "bytes 9-9/10"), ("bytes=10-", 416, "", "bytes */10"), ("bytes=-0", 416, "", "bytes */10"),
    ("bytes=99999999999999999999-", 416, "", "bytes */10"), ("bytes=3-1", 200, "0123456789", nil),
    ("bytes=0-1,3-4", 200, "0123456789", nil), ("lines=0-3", 200, "0123456789", nil),
    ("bytes=a-b", 200, "0123456789", nil), ("bytes=0-99999999999999999999", 206, "0123456789", "bytes 0-9/10"),
  ])
  func partsMayBeAskedFor(range: String, status: Int, body: String, contentRange: String?) async throws {
    try await ArchiveTower.with { tower async throws in
      let link = try await link(tower)
      let answer = try await tower.send(.get, link, ["Range": HTTPFieldValue(lossy: range)])
      #expect(answer.status.code == status)
      if status != 416 { #expect(String(decoding: answer.body, as: UTF8.self) == body) }
      #expect(answer.fields.value(of: "content-range")?.description == contentRange)
    }
  }

  @Test func aPartIsOnlyOfTheSameArtifact() async throws {
    try await ArchiveTower.with { tower async throws in
      let link = try await link(tower)
      let tag = try #require(try await tower.send(.get, link).fields.value(of: "etag"))
      let same = try await tower.send(.get, link, ["Range": "bytes=2-3", "If-Range": HTTPFieldValue(lossy: tag)])
      #expect(same.status.code == 206 && same.body == Array("23".utf8))
      let other = try await tower.send(.get, link, ["Range": "bytes=2-3", "If-Range": #""other""#])
      #expect(other.status == .ok && other.body == log)
      try await tower.archive.artifacts.delete(ArtifactName("runs/run_1/log.txt")!)
      #expect(try await tower.send(.get, link).status == .notFound)
    }
  }

  @Test func jobsTellWhatWasDoneAndWhenTheyAreNext() async throws {
    try await ArchiveTower.with { tower async throws in
      try await tower.archive.scheduler.runDue()
      guard case .ok(let before) = try await tower.client("viewer").listJobs() else { return unexpected() }
      #expect(
        before.body.map(\.name) == [
          "log.checkpoint", "systems.history", "export", "retention", "backup", "report.digest",
        ])
      #expect(before.body[3].schedule == "daily at 02:00 Europe/London" && before.body[3].lastRun == nil)
      #expect(before.body[3].nextAt == Timestamp("2025-09-28T01:00:00Z"))
      tower.time.advance(seconds: 86_400)
      try await tower.archive.scheduler.runDue()
      guard case .ok(let after) = try await tower.client("viewer").listJobs() else { return unexpected() }
      #expect(after.body.allSatisfy { $0.lastRun?.outcome == .succeeded && $0.lastRun?.key == "2025-09-28" })
      #expect(after.body[3].lastRun?.detail == "0 events, 0 runs and 0 states of systems were removed")
      let names = try #require(page(try await tower.client("owner").listArtifacts())).body.map(\.name)
      #expect(names.contains("exports/2025-09-28/manifest.json") && names.contains { $0.hasPrefix("backups/") })
    }
  }

  @Test func aJobThatWasGivenUpIsDoneAgainWhenItsLetterIsReplayed() async throws {
    try await ArchiveTower.with { tower async throws in
      try await tower.archive.scheduler.runDue()
      let letter = CTStore.DeadLetter(
        id: "dlq_" + String(repeating: "0", count: 24), kind: "schedule.export",
        payload: Array(#"{"job":"export","run":"2025-09-26"}"#.utf8), eventId: nil, error: "no", attempts: 8,
        firstFailedAt: tower.time.now, deadAt: tower.time.now)
      _ = try await tower.store.commit([.put(letter.key, body: letter.json, if: .absent)])
      _ = try await tower.client("maintainer").replayDeadLetter(id: letter.id).letter
      let runner = JobRunner(
        store: tower.store, handlers: tower.archive.jobHandlers, clock: tower.time.clock, log: quietLog)
      #expect(try await runner.runDue() == 1)
      let names = try await tower.archive.artifacts.all(prefix: "exports/").map(\.name.text)
      #expect(names.contains("exports/2025-09-26/manifest.json"))
      #expect(try await tower.archive.scheduler.status()[2].lastRun?.outcome == .succeeded)
    }
  }

  /// A run that ended as long ago as the test says, with a log and a file.
  private func run(_ id: String, endedAt: Timestamp, _ tower: ArchiveTower) async throws {
    var run = RunRecord(
      runId: id, trigger: "contract.regenerate", initiator: "dev-operator", inputs: Array("{}".utf8),
      createdAt: endedAt)
    let artifacts = tower.archive.artifacts
    let place = ArtifactName("runs/\(id)/log.ndjson")!
    run.logs = [.init(try await artifacts.put(place, mediaType: "text/plain", at: endedAt, log), name: "log")]
    let file = ArtifactName("runs/\(id)/artifacts/a.csv")!
    run.artifacts = [.init(try await artifacts.put(file, mediaType: "text/csv", at: endedAt, log), name: "a.csv")]
    run.status = .success
    run.endedAt = endedAt
    _ = try await tower.store.commit([.put(run.key, body: run.json)])
  }

  @Test func aRunHasLinksToItsLogAndFilesForThoseWhoSeePayloads() async throws {
    try await ArchiveTower.with { tower async throws in
      try await run("run_1", endedAt: tower.time.now, tower)
      let seen = try await tower.client("maintainer").getRun(runId: "run_1").run
      let links = try (seen.logs + seen.artifacts).map { try #require($0.download) }
      #expect(links.count == 2)
      for link in links { #expect(try await tower.send(.get, link.href).body == log) }
      let viewed = try await tower.client("viewer").getRun(runId: "run_1").run
      #expect(viewed.logs.count == 1 && (viewed.logs + viewed.artifacts).allSatisfy { $0.download == nil })
      tower.time.advance(seconds: 15 * 60 + 1)
      for link in links { #expect(link.expiresAt < tower.time.now) }
      for link in links { #expect(try await tower.send(.get, link.href).status == .gone) }
    }
  }

  @Test func whatARunHasLeftGoesWithIt() async throws {
    try await ArchiveTower.with { tower async throws in
      let day = 86_400_000_000 as Int64
      func ago(_ days: Int64) -> Timestamp { Timestamp(microseconds: tower.time.now.microseconds - days * day) }
      try await run("run_1", endedAt: ago(366), tower)
      try await run("run_2", endedAt: ago(366), tower)
      try await run("run_3", endedAt: ago(364), tower)
      _ = try await tower.client("owner").placeHold(
        body: HoldRequest(correlationId: "run_2", by: "A. Counsel", reason: "A dispute.")
      ).hold
      #expect(try await tower.archive.retention.run().runs.removed == 1)
      let names = try await tower.archive.artifacts.all(prefix: "runs/").map(\.name.segments[1])
      #expect(names == ["run_2", "run_2", "run_3", "run_3"])
    }
  }

  @Test func holdsArePlacedAndReleasedOnceAndWrittenDown() async throws {
    try await ArchiveTower.with { tower async throws in
      let owner = tower.client("owner")
      let request = HoldRequest(correlationId: "run_1", by: "A. Counsel", reason: "A dispute.")
      let hold = try await owner.placeHold(body: request).hold
      #expect(hold.token == "dev-owner" && hold.release == nil && hold.placedAt == tower.time.now)
      let decision = TombstoneRequest(by: "B. Counsel", reason: "Settled.")
      let released = try await owner.releaseHold(body: decision, holdId: hold.id).hold
      let again = try await owner.releaseHold(body: TombstoneRequest(by: "C", reason: "x"), holdId: hold.id).hold
      #expect(released.release?.by == "B. Counsel" && again.release?.by == "B. Counsel")
      let listed = try await owner.listHolds().holds
      #expect(listed.map(\.id) == [hold.id])
      let events = try await tower.store.tail(after: 0, limit: 10).map(\.record)
      #expect(events.map(\.type) == ["hold.placed", "hold.released"])
      #expect(events.allSatisfy { $0.correlationId == hold.id && $0.source == "tower" })
      #expect(!String(decoding: events[0].payload, as: UTF8.self).contains("Counsel"))
      if case .forbidden = try await tower.client("maintainer").placeHold(body: request) {} else { unexpected() }
      let both = HoldRequest(correlationId: "run_1", system: .finance, by: "A", reason: "x")
      if case .unprocessableContent = try await owner.placeHold(body: both) {} else { unexpected() }
      let none = HoldRequest(by: "A", reason: "x")
      if case .unprocessableContent = try await owner.placeHold(body: none) {} else { unexpected() }
    }
  }
}
