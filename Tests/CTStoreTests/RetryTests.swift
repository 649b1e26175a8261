import CTJSON
import Testing

@testable import CTStore

/// Waits double, stay within their cap and their jitter, and are the same again for the same seed.
@Suite struct RetryPolicyTests {
  @Test func waitsDoubleUpToTheCap() {
    let policy = RetryPolicy()
    var random = SplitMix64(seed: 1)
    for attempts in 1...40 {
      let base = min(Int64(1_000_000) << Int64(min(attempts - 1, 30)), policy.cap)
      for _ in 0..<50 {
        let delay = policy.delay(after: attempts, &random)
        #expect(delay >= base * 4 / 5 && delay <= base * 6 / 5)
      }
    }
  }

  @Test func theSameSeedGivesTheSameWaits() {
    let policy = RetryPolicy()
    func waits(_ seed: UInt64) -> [Int64] {
      var random = SplitMix64(seed: seed)
      return (1...20).map { policy.delay(after: $0, &random) }
    }
    #expect(waits(7) == waits(7))
    #expect(waits(7) != waits(8))
  }

  @Test func aClockThatWasSetBackHoldsNothingUp() {
    let policy = RetryPolicy()
    let now = Timestamp(microseconds: 1_000_000_000_000)
    #expect(policy.isDue(now, at: now))
    #expect(!policy.isDue(Timestamp(microseconds: now.microseconds + 1), at: now))
    #expect(!policy.isDue(Timestamp(microseconds: now.microseconds + policy.cap), at: now))
    #expect(policy.isDue(Timestamp(microseconds: now.microseconds + 3_600_000_000), at: now))
  }

  @Test func idsSortByTime() {
    var random = SplitMix64(seed: 3)
    let times: [Int64] = [0, 1, 15, 16, 255, 1 << 40, 1 << 52]
    let ids = times.map { TimedID.make("dlq", at: Timestamp(microseconds: $0), &random) }
    #expect(ids == ids.sorted())
    #expect(ids.allSatisfy { $0.utf8.count == 28 })
  }
}

/// What fails is tried again, then set aside, and never holds up the rest; it survives restarts.
@Suite struct ProjectionRetryTests {
  /// Copies event numbers into a table, and fails at some.
  private struct Picky: Projection {
    let name: String
    let version: Int64 = 1
    let refused: Set<Int64>
    var error = StoreError(.other, "no such thing")
    var tables: [String] { ["picky_\(name)"] }

    func apply(_ events: [ProjectedEvent], to connection: Connection) throws(StoreError) {
      for event in events {
        if refused.contains(event.seq) { throw error }
        try connection.run("INSERT INTO picky_\(name) VALUES (?)", .integer(event.seq))
      }
    }
  }

  /// A database with so many events, and a projector on it whose clock the test sets.
  private struct Bench {
    let directory: TemporaryDirectory
    let connection: Connection
    let log: EventLog
    var now: Int64 = 1_000_000_000

    init(_ directory: TemporaryDirectory, events: Int = 0) throws {
      self.directory = directory
      connection = try Connection(path: directory.database, mode: .readWrite)
      try Migrator.migrate(connection)
      log = try EventLog(connection)
      for name in ["a", "b"] { try connection.execute("CREATE TABLE IF NOT EXISTS picky_\(name) (seq INTEGER)") }
      for number in 0..<events { _ = try log.append(event("evt_\(number)")) }
    }

    func projector(_ projections: [any Projection], attempts: Int = 4) throws -> Projector {
      var options = StoreOptions()
      options.projectionRetries.attempts = attempts
      options.seed = 5
      let instant = Timestamp(microseconds: now)
      options.now = { instant }
      return try Projector(connection, streams: log.streams, projections: projections, options: options)
    }

    func seen(_ name: String) throws -> [Int64] {
      try connection.prepare("SELECT seq FROM picky_\(name) ORDER BY rowid").rows { $0.integer(0) }
    }

    func letters() throws -> [DeadLetter] {
      let documents = DocumentTable(connection: connection)
      return try documents.list(DeadLetter.openCollection, after: nil, descending: false, limit: 100)
        .map { try DeadLetter(json: $0.body) }
    }
  }

  @Test func theFailingEventIsFoundAndTheOthersGoOn() throws {
    let bench = try Bench(TemporaryDirectory(), events: 100)
    let projector = try bench.projector([Picky(name: "a", refused: [38]), Picky(name: "b", refused: [])])
    while try projector.advance(limit: 64) {}
    #expect(try bench.seen("a") == Array(1...37))
    #expect(try bench.seen("b") == Array(1...100))
    #expect(projector.seq == 37)
    #expect(projector.fault?.message.contains("event 38") == true)
    #expect(!projector.hasWork(upTo: 100))
    #expect(try bench.letters().isEmpty)
  }

  /// A projector is made anew before every attempt, as after a restart.
  @Test func afterSoManyAttemptsTheEventIsADeadLetter() throws {
    let directory = TemporaryDirectory()
    var bench = try Bench(directory, events: 50)
    let picky = Picky(name: "a", refused: [20, 21])
    var waits: [Int64] = []
    for _ in 0..<200 where try bench.letters().count < 2 {
      let projector = try bench.projector([picky])
      let before = try DocumentTable(connection: bench.connection).get(ProjectionRetry.key("a"))?.version
      while try projector.advance(limit: 16) {}
      let after = try DocumentTable(connection: bench.connection).get(ProjectionRetry.key("a"))?.version
      if before != after { waits.append(bench.now) }
      bench.now += 500_000
    }
    let letters = try bench.letters()
    #expect(letters.map(\.kind) == ["projection.a", "projection.a"])
    #expect(letters.map(\.eventId) == ["evt_19", "evt_20"])
    #expect(letters.allSatisfy { $0.attempts == 4 && $0.error == "no such thing" && $0.state == .open })
    // 1 + 2 + 4 s, less or more a fifth, and half a second of the test's own steps each.
    let span = letters[0].deadAt.microseconds - letters[0].firstFailedAt.microseconds
    #expect((5_600_000...9_900_000).contains(span))
    #expect(letters[0].nextReview.microseconds == letters[0].deadAt.microseconds + 86_400_000_000)
    #expect(try bench.seen("a") == Array(1...19) + Array(22...50))
    #expect(try DocumentTable(connection: bench.connection).get(ProjectionRetry.key("a")) == nil)
  }

  @Test func anEventThatIsTakenAtLastLeavesNothingBehind() throws {
    let directory = TemporaryDirectory()
    var bench = try Bench(directory, events: 10)
    var projector = try bench.projector([Picky(name: "a", refused: [4])])
    while try projector.advance(limit: 10) {}
    bench.now += 2_000_000
    projector = try bench.projector([Picky(name: "a", refused: [])])
    while try projector.advance(limit: 10) {}
    #expect(try bench.seen("a") == Array(1...10))
    #expect(projector.fault == nil)
    #expect(try bench.letters().isEmpty)
  }

  @Test func aFailingDiskCountsNothing() throws {
    let bench = try Bench(TemporaryDirectory(), events: 10)
    var picky = Picky(name: "a", refused: [4])
    picky.error = StoreError(.diskFull, "no space")
    let projector = try bench.projector([picky], attempts: 1)
    for _ in 0..<3 {
      #expect(throws: StoreError.self) { while try projector.advance(limit: 10) {} }
    }
    #expect(try bench.letters().isEmpty)
    #expect(projector.seq == 0)
  }
}
