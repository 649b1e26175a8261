import CTJSON
import Glibc
import Testing

@testable import CTStore

/// Damage and bad neighbours: pages that went bad, and somebody who reads and does not stop.
@Suite struct DamageTests {
  /// Overwrites one page of the file with noise.
  private func spoil(_ path: String, page: Int) {
    let file = open(path, O_RDWR)
    var random = SplitMix64(seed: UInt64(page))
    let noise = (0..<4096).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    pwrite(file, noise, noise.count, page * 4096)
    close(file)
  }

  /// Whatever page goes bad: it is said, with an error or a fault, or what it held is not part of the log; the process
  /// goes on, and nothing wrong is ever shown as right.
  @Test(arguments: 1..<40) func aBadPageIsNoticed(page: Int) async throws {
    let directory = TemporaryDirectory()
    let store = try await SQLiteStore.open(directory: directory.path)
    let note = String(repeating: "x", count: 300)
    _ = try await store.commit((1...300).map { .append(event("evt_\($0)", body: #"{"note":"\#(note)"}"#)) })
    await store.close()
    spoil(directory.database, page: page)
    do {
      let report = try SQLiteStore.verifyChain(directory: directory.path)
      if report.isIntact { #expect(report.events == 300) }
    } catch {
      #expect([.corrupt, .notATowerDatabase, .other].contains(error.code), "\(error)")
    }
    // A tower on it starts or says why not, and serves or says why not.
    do {
      let again = try await SQLiteStore.open(directory: directory.path)
      do {
        let outcome = try await again.append(event("evt_new"))
        #expect(outcome.seq > 0)
      } catch {
        #expect(error.isTransient, "\(error)")
      }
      await again.close()
    } catch {
      #expect([.corrupt, .notATowerDatabase, .other, .key].contains(error.code), "\(error)")
    }
  }

  /// A page of the log itself: the first event that is on it is named, and no tower starts to add to such a log.
  @Test func theFirstUnreadableEventIsNamed() async throws {
    let directory = TemporaryDirectory()
    let store = try await SQLiteStore.open(directory: directory.path)
    let note = String(repeating: "x", count: 300)
    _ = try await store.commit((1...300).map { .append(event("evt_\($0)", body: #"{"note":"\#(note)"}"#)) })
    await store.close()
    let connection = try Connection(path: directory.database, mode: .readOnly)
    // The page after which the rows cannot be reached is the last leaf of the table's tree.
    let page = try #require(
      try connection.integer("SELECT max(pageno) FROM dbstat WHERE name = 'events' AND pagetype = 'leaf'"))
    spoil(directory.database, page: Int(page) - 1)
    let report = try SQLiteStore.verifyChain(directory: directory.path)
    #expect(report.firstFault?.reason == .unreadable)
    #expect(report.events > 200 && report.firstFault?.seq == report.events + 1)
    let refusal = await error { _ = try await SQLiteStore.open(directory: directory.path) }
    #expect(refusal?.code == .corrupt)
  }

  /// Events that were changed since the last start: no tower starts to add to such a log.
  @Test func aTowerDoesNotStartOnALogThatWasTouchedAtItsEnd() async throws {
    let directory = TemporaryDirectory()
    let store = try await SQLiteStore.open(directory: directory.path)
    _ = try await store.commit((1...5).map { .append(event("evt_\($0)")) })
    await store.close()
    let intruder = Intruder(path: directory.database)
    #expect(intruder.run(Intruder.dropTriggers) == nil)
    #expect(intruder.run("UPDATE events SET payload = '[]' WHERE seq = 4") == nil)
    let refusal = try #require(await error { _ = try await SQLiteStore.open(directory: directory.path) })
    #expect(refusal.code == .corrupt && refusal.message.contains("event 4"))
  }

  /// An open read transaction keeps the write-ahead log from being reset; it grows, and shrinks when the reader is gone.
  @Test func aReaderThatDoesNotStopHoldsNobodyUp() async throws {
    var options = StoreOptions()
    options.checkpointFrames = 50
    try await withStore(options) { store, directory async throws in
      _ = try await store.append(event("evt_0"))
      let size: () -> Int = {
        var status = stat()
        return stat(directory.database + "-wal", &status) == 0 ? Int(status.st_size) : 0
      }
      do {
        let stuck = try Connection(path: directory.database, mode: .readOnly)
        try stuck.execute("BEGIN; SELECT count(*) FROM events;")
        for number in 1...400 { #expect(try await store.append(event("evt_\(number)")).seq == Int64(number + 1)) }
        let seen = try stuck.integer("SELECT count(*) FROM events")
        #expect(seen == 1)
        #expect(size() > 400 * 4096)
      }
      let grown = size()
      for number in 401...800 { #expect(try await store.append(event("evt_\(number)")).seq == Int64(number + 1)) }
      // Until the next checkpoint comes round the log may still grow by as many frames as call for one, and by three times
      // as many, and those of a commit, while it goes on beside the writer.
      #expect(size() <= grown + 5 * options.checkpointFrames * (4096 + 24))
      #expect(store.health.isWritable)
    }
  }
}
