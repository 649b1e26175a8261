import CTHTTP
import Glibc
import Testing

/// The tower is killed at random moments under load and started again. Nothing acknowledged is lost, doubled or changed.
///
///     make crash KILLS=1000 SEED=42
@Suite(.enabled(if: getenv("CT_KILLS") != nil), .serialized) struct CrashTests {
  private static let killsPerDirectory = 25

  private static func setting(_ name: String) -> UInt64? { getenv(name).flatMap { UInt64(String(cString: $0)) } }

  @Test func killedAtRandomMoments() async throws {
    let kills = Int(Self.setting("CT_KILLS") ?? 25)
    let seed = Self.setting("CT_SEED") ?? UInt64.random(in: 1...999_999)
    print("crash: \(kills) kills, seed \(seed); repeat with: make crash KILLS=\(kills) SEED=\(seed)")
    var random = SeededRandom(seed: seed)
    var (done, events, acknowledged) = (0, 0, 0)
    while done < kills {
      let round = CrashRound(directory: DataDirectory(), ledger: Ledger())
      for number in done..<min(kills, done + Self.killsPerDirectory) {
        events += try await round.kill(number, &random)
        acknowledged = round.ledger.acknowledged.count
      }
      done = min(kills, done + Self.killsPerDirectory)
      try await round.finish()
      #expect(round.ledger.faults.isEmpty, "\(round.ledger.faults.prefix(5))")
      print("crash: \(done) kills, \(acknowledged) events acknowledged in this directory")
    }
    #expect(events > 0)
  }
}

/// One data directory, through several kills.
struct CrashRound {
  let directory: DataDirectory
  let ledger: Ledger

  /// Starts, loads, kills and compares. - Returns: the events that were added.
  func kill(_ number: Int, _ random: inout SeededRandom) async throws -> Int {
    let before = ledger.acknowledged.count
    let tower = try TowerProcess(data: directory.path)
    do {
      if random.next() % 5 == 0 {
        // Also while it starts, which is while it recovers from the kill before.
        try await Task.sleep(for: .milliseconds(Int(random.next() % 60)))
      } else {
        try await load(try await tower.origin(), tower, number, &random)
      }
    } catch {
      tower.kill()
      throw error
    }
    tower.kill()
    _ = try await LogAudit(directory: directory, ledger: ledger).check("kill \(number)")
    return ledger.acknowledged.count - before
  }

  private func load(
    _ origin: HTTPOrigin, _ tower: TowerProcess, _ number: Int, _ random: inout SeededRandom
  ) async throws {
    let producers = Producers(origin, ledger)
    try await repeatSome(producers, &random)
    let connections = Int(16 + random.next() % 49)
    let pause = Int(10 + random.next() % 700)
    let seed = random.next()
    async let running: Void = producers.run(connections: connections, prefix: "\(number)", seed: seed)
    try await Task.sleep(for: .milliseconds(pause))
    tower.kill()
    await running
  }

  /// What a producer does after a crash: it sends again what it is not sure of, and that does no harm.
  private func repeatSome(_ producers: Producers, _ random: inout SeededRandom) async throws {
    let sent = ledger.sent
    let known = ledger.acknowledged.sorted()
    for id in ledger.uncertain { _ = await producers.send(id, try #require(sent[id])) }
    for _ in 0..<min(10, known.count) {
      let id = known[Int(random.next() % UInt64(known.count))]
      let receipt = await producers.send(id, try #require(sent[id]))
      #expect(receipt?.status == "duplicate" && receipt?.bodyMatches == true, "\(id) was forgotten")
    }
  }

  /// After the last kill everything that was ever sent is sent again, and is there once.
  func finish() async throws {
    let tower = try TowerProcess(data: directory.path)
    defer { tower.kill() }
    var random = SeededRandom(seed: 1)
    try await repeatSome(Producers(try await tower.origin(), ledger), &random)
    tower.kill()
    #expect(ledger.uncertain.isEmpty)
    let count = try await LogAudit(directory: directory, ledger: ledger).check("after the last kill")
    #expect(count == ledger.sent.count)
  }
}
