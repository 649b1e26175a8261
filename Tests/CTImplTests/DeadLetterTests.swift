import CTGenerated
import CTHTTP
import CTJSON
import CTRuntime
import CTStore
import Testing

@testable import CTImpl

/// Dead letters, over HTTP with the generated client.
@Suite struct DeadLetterTests {
  private static func id(_ number: Int) -> String { "dlq_" + TimedID.hexadecimal(UInt64(number)) + "0000000a" }

  private func add(
    _ tower: TestTower, _ number: Int, kind: String = "projection.systems", eventId: String? = nil
  ) async throws {
    let letter = CTStore.DeadLetter(
      id: Self.id(number), kind: kind, payload: Array(#"{"seq":1}"#.utf8), eventId: eventId, error: "constraint failed",
      attempts: 8, firstFailedAt: Timestamp(microseconds: 1_000_000),
      deadAt: Timestamp(microseconds: Int64(number) * 1_000_000))
    _ = try await tower.store.commit([.put(letter.key, body: letter.json, if: .absent)])
  }

  private func withTower(_ body: (TestTower, ControlTowerClient) async throws -> Void) async throws {
    try await TestTower.with { tower in
      let (server, origin) = try tower.listen()
      do {
        try await body(tower, client(origin, role: "maintainer"))
      } catch {
        await server.shutdown(grace: .seconds(1))
        throw error
      }
      await server.shutdown(grace: .seconds(1))
    }
  }

  @Test func aReplayIsANewEventThatNamesTheOriginal() async throws {
    try await withTower { tower, client in
      _ = try await tower.store.append(record("evt_1", payload: #"{ "total":12.50,"note":"é" }"#))
      try await add(tower, 1, eventId: "evt_1")
      let letter = try await client.replayDeadLetter(id: Self.id(1)).letter
      #expect(letter.state == .replayed && letter.resolution?.token == "dev-maintainer")
      let id = try #require(letter.resolution?.eventId)
      let event = try #require(try await tower.store.event(id: id)).record
      #expect(event.type == "finance.invoice.generated" && event.ts == Timestamp(microseconds: 1_000_000))
      #expect(event.correlationId == "evt_1")
      #expect(String(decoding: event.payload, as: UTF8.self) == #"{"replayOf":"evt_1","total":12.50,"note":"é"}"#)
    }
  }

  @Test func howeverOftenItIsPressedItIsReplayedOnce() async throws {
    try await withTower { tower, client in
      _ = try await tower.store.append(record("evt_1"))
      try await add(tower, 1, eventId: "evt_1")
      let answers = try await withThrowingTaskGroup { group in
        for _ in 0..<16 {
          group.addTask { try await client.replayDeadLetter(id: Self.id(1)).letter.resolution?.eventId }
        }
        return try await group.reduce(into: Set<String?>()) { $0.insert($1) }
      }
      #expect(answers.count == 1 && answers.first! != nil)
      #expect(tower.store.health.acknowledgedSeq == 2)
    }
  }

  @Test func aJobIsReplayedAsAJob() async throws {
    try await withTower { tower, client in
      try await add(tower, 1, kind: "log.checkpoint")
      let letter = try await client.replayDeadLetter(id: Self.id(1)).letter
      let id = try #require(letter.resolution?.jobId)
      let document = try #require(try await tower.store.document(DocumentKey(Job.collection, id)))
      let job = try Job(json: document.body)
      #expect(job.kind == "log.checkpoint" && job.attempts == 0 && job.due == tower.time.now)
    }
  }

  @Test func aTombstoneAsksWhoAndWhyAndIsFinal() async throws {
    try await withTower { tower, client in
      try await add(tower, 1, eventId: "evt_1")
      let request = TombstoneRequest(by: "A. Operator", reason: "cancelled")
      var letter = try await client.tombstoneDeadLetter(body: request, id: Self.id(1)).letter
      letter = try await client.tombstoneDeadLetter(
        body: TombstoneRequest(by: "B", reason: "again"), id: Self.id(1)
      ).letter
      #expect(letter.state == .tombstoned)
      #expect(letter.resolution?.by == "A. Operator" && letter.resolution?.reason == "cancelled")
      guard case .conflict = try await client.replayDeadLetter(id: Self.id(1)) else {
        Issue.record("a tombstone was replayed")
        return
      }
      guard
        case .unprocessableContent = try await client.tombstoneDeadLetter(
          body: TombstoneRequest(by: "", reason: ""), id: Self.id(1))
      else {
        Issue.record("a tombstone without who and why was taken")
        return
      }
    }
  }

  @Test func pagesVisitEachLetterOnceInEveryState() async throws {
    try await withTower { tower, client in
      for number in 1...25 { try await add(tower, number, kind: number % 5 == 0 ? "log.checkpoint" : "projection.a") }
      for number in [3, 4, 17] {
        _ = try await client.tombstoneDeadLetter(body: TombstoneRequest(by: "A", reason: "r"), id: Self.id(number))
      }
      let all = try await pages(client, kind: nil, state: nil)
      #expect(all == (1...25).reversed().map(Self.id))
      #expect(try await pages(client, kind: "log.checkpoint", state: nil) == [25, 20, 15, 10, 5].map(Self.id))
      #expect(try await pages(client, kind: nil, state: .tombstoned) == [17, 4, 3].map(Self.id))
      #expect(try await pages(client, kind: nil, state: .open).count == 22)
    }
  }

  private func pages(_ client: ControlTowerClient, kind: String?, state: DeadLetterState?) async throws -> [String] {
    var ids: [String] = []
    var cursor: String?
    repeat {
      let page = try await client.listDeadLetters(kind: kind, state: state, limit: 4, cursor: cursor).page
      ids += page.body.map(\.id)
      cursor = page.link.flatMap(DeadLetterCommand.cursor)
    } while cursor != nil
    return ids
  }

  @Test func manyAreReplayedByFilterAfterADryRun() async throws {
    try await withTower { tower, client in
      for number in 1...6 {
        _ = try await tower.store.append(record("evt_\(number)"))
        try await add(tower, number, kind: number > 4 ? "projection.b" : "projection.a", eventId: "evt_\(number)")
      }
      try await add(tower, 7, kind: "projection.a", eventId: "evt_gone")
      let dry = try await client.replayDeadLetters(body: ReplayRequest(kind: "projection.a", dryRun: true)).report
      #expect(dry.matching == 5 && dry.replayed == 0 && tower.store.health.acknowledgedSeq == 6)
      let before = Timestamp(microseconds: 3_000_000)
      var report = try await client.replayDeadLetters(body: ReplayRequest(before: before, dryRun: false)).report
      #expect(report.matching == 2 && report.replayed == 2)
      report = try await client.replayDeadLetters(body: ReplayRequest(kind: "projection.a", dryRun: false)).report
      #expect(report.matching == 3 && report.replayed == 2 && report.failed == 1)
      #expect(tower.store.health.acknowledgedSeq == 10)
    }
  }

  @Test(arguments: ["viewer", "operator", "finance"]) func othersMayNot(role: String) async throws {
    try await TestTower.with { tower in
      let (server, origin) = try tower.listen()
      let answer = try await client(origin, role: role).listDeadLetters()
      await server.shutdown(grace: .seconds(1))
      guard case .forbidden = answer else {
        Issue.record("\(role) may list dead letters")
        return
      }
    }
  }

  @Test func anUnknownLetterIsNotFound() async throws {
    try await withTower { _, client in
      guard case .notFound = try await client.getDeadLetter(id: Self.id(1)) else {
        Issue.record("found")
        return
      }
    }
  }
}
