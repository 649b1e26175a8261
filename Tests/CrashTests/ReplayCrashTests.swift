import CTCrypto
import CTHTTP
import CTJSON
import CTStore
import Glibc
import Testing

/// Dead letters are replayed by several people at once while the tower is killed and started again: each once.
@Suite(.enabled(if: getenv("CT_KILLS") != nil), .serialized) struct ReplayCrashTests {
  private static let letters = 300
  private static let kills = 6

  @Test func eachLetterIsReplayedOnce() async throws {
    let directory = DataDirectory()
    try await plant(directory)
    var random = SeededRandom(seed: 5)
    for _ in 0..<Self.kills {
      let tower = try TowerProcess(data: directory.path)
      defer { tower.kill() }
      let origin = try await tower.origin()
      let seed = random.next()
      async let pressing: Void = press(origin, seed: seed)
      try await Task.sleep(for: .milliseconds(Int(5 + random.next() % 60)))
      tower.kill()
      await pressing
    }
    let tower = try TowerProcess(data: directory.path)
    defer { tower.kill() }
    await press(try await tower.origin(), seed: 0)
    tower.kill()
    try await audit(directory)
  }

  private static func letterId(_ number: Int) -> String { "dlq_" + TimedID.hexadecimal(UInt64(number)) + "0000000a" }

  /// As many events, and a dead letter about each.
  private func plant(_ directory: DataDirectory) async throws {
    let store = try await SQLiteStore.open(directory: directory.path)
    let now = Timestamp(microseconds: 1_758_967_200_000_000)
    for number in 1...Self.letters {
      let event = EventRecord(
        eventId: "evt_\(number)", type: "finance.invoice.generated", ts: now, source: "finance",
        payload: Array(#"{"total":12.50}"#.utf8), bodyDigest: SHA256.hash([1]), receivedAt: now)
      let letter = DeadLetter(
        id: Self.letterId(number), kind: "projection.systems", payload: Array("{}".utf8), eventId: event.eventId,
        error: "failed", attempts: 8, firstFailedAt: now, deadAt: now)
      _ = try await store.commit([.append(event), .put(letter.key, body: letter.json)])
    }
    await store.close()
  }

  /// Eight people press replay on all letters, each in an order of their own, until the tower is gone.
  private func press(_ origin: HTTPOrigin, seed: UInt64) async {
    let client = HTTPClient()
    await withTaskGroup(of: Void.self) { group in
      for person in 0..<8 {
        group.addTask {
          var random = SeededRandom(seed: seed &+ UInt64(person))
          for number in (1...Self.letters).shuffled(using: &random) {
            let url = URLParts(origin: origin, target: "/dlq/\(Self.letterId(number))/replay")
            let request = HTTPClientRequest(
              .post, url, fields: ["Authorization": "Bearer DEV_TOKEN_OWNER"], body: [])
            guard let response = try? await client.send(request) else { return }
            #expect(response.status == .ok)
          }
        }
      }
    }
  }

  private func audit(_ directory: DataDirectory) async throws {
    let store = try await SQLiteStore.open(directory: directory.path)
    let events = try await store.tail(after: 0, limit: 1000)
    #expect(events.count == 2 * Self.letters)
    let replays = events.dropFirst(Self.letters)
    #expect(Set(replays.map(\.record.correlationId)) == Set((1...Self.letters).map { "evt_\($0)" }))
    #expect(replays.allSatisfy { $0.record.eventId.hasPrefix("replay_") })
    let open = try await store.documents(in: DeadLetter.openCollection, limit: 1000)
    let closed = try await store.documents(in: DeadLetter.closedCollection, limit: 1000)
    #expect(open.isEmpty && closed.count == Self.letters)
    for document in closed {
      let letter = try DeadLetter(json: document.body)
      #expect(replays.contains { $0.record.eventId == letter.resolution?.eventId })
    }
    #expect(try await store.verifyChain().isIntact)
    await store.close()
  }
}
