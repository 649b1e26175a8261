import CTHTTP
import CTJSON
import CTStore
import Testing

@testable import CTImpl

/// `control-tower dlq` against a tower that runs.
@Suite struct DeadLetterCommandTests {
  private static let id = "dlq_00000000000000010000000a"

  private func run(_ origin: HTTPOrigin, _ arguments: String...) async -> Int32 {
    await TowerCommand.run(["dlq"] + arguments + ["--url", "\(origin)", "--token", "DEV_TOKEN_MAINTAINER"])
  }

  @Test func listsShowsReplaysAndBuries() async throws {
    try await TestTower.with { tower in
      let (server, origin) = try tower.listen()
      for (id, kind) in [(Self.id, "log.checkpoint"), ("dlq_00000000000000020000000a", "log.checkpoint")] {
        let letter = DeadLetter(
          id: id, kind: kind, payload: Array("{}".utf8), eventId: nil, error: "no space", attempts: 8,
          firstFailedAt: tower.time.now, deadAt: tower.time.now)
        _ = try await tower.store.commit([.put(letter.key, body: letter.json, if: .absent)])
      }
      #expect(await run(origin, "list", "--state", "open") == 0)
      #expect(await run(origin, "show", Self.id) == 0)
      #expect(await run(origin, "tombstone", Self.id, "--by", "jd", "--reason", "no need") == 0)
      #expect(await run(origin, "replay", Self.id) == 1, "a tombstone was replayed")
      #expect(await run(origin, "replay", "--all", "--dry-run") == 0)
      #expect(try await tower.store.documents(in: Job.collection, limit: 10).isEmpty)
      #expect(await run(origin, "replay", "--all", "--kind", "log.checkpoint") == 0)
      #expect(try await tower.store.documents(in: Job.collection, limit: 10).count == 1)
      #expect(await run(origin, "show", "dlq_00000000000000030000000a") == 1)
      await server.shutdown(grace: .seconds(1))
    }
  }

  @Test(arguments: [
    [], ["bury"], ["show"], ["list", "dlq_1"], ["list", "--state", "lost"], ["replay"], ["tombstone", "dlq_1"],
    ["tombstone", "dlq_1", "--by", "jd"], ["replay", "dlq_1", "--all"], ["replay", "--all", "--before", "noon"],
    ["list", "--url", "nowhere"],
  ])
  func whatIsTypedWrongIsSaid(arguments: [String]) async {
    #expect(await TowerCommand.run(["dlq"] + arguments + ["--token", "x"]) == 2)
  }
}
