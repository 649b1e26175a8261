import CSQLite
import CTArtifacts
import CTCrypto
import CTJSON
import CTStore
import Foundation
import Testing

@testable import CTArchive

/// What a backup is worth is what can be restored from it.
@Suite struct RestoreTests {
  private func restore(_ bench: Bench, to name: String = "restored", exports: Bool = false) async throws
    -> Restore.Report
  {
    let artifacts = bench.artifacts.path
    return try await Restore(directory: bench.place(name), key: bench.key)
      .run(from: artifacts, exports: exports ? artifacts : nil)
  }

  private func all(_ directory: String) async throws -> [StoredEvent] {
    let reader = try StoreReader(directory: directory)
    var events: [StoredEvent] = []
    while case let page = try await reader.tail(after: events.last?.seq ?? 0, limit: 1000), !page.isEmpty {
      events += page
    }
    await reader.close()
    return events
  }

  @Test func whatWasAcknowledgedBeforeTheBackupIsThere() async throws {
    try await Bench.with { bench in
      try await bench.fill(1...3000)
      // Others go on writing while the backup is made.
      let writer = Task {
        for number in 3001...3400 { _ = try await bench.store.append(event(number, receivedAt: bench.time.now)) }
      }
      let acknowledged = bench.store.health.acknowledgedSeq
      _ = try await bench.backUp()
      try await writer.value
      let report = try await restore(bench)
      #expect(report.lastSeq >= acknowledged && report.lastSeq <= 3400)
      let restored = try await all(bench.place("restored"))
      #expect(restored.map(\.record.eventId) == (1...Int(report.lastSeq)).map { "evt_\($0)" })
      #expect(try await bench.store.hash(at: report.lastSeq) == report.lastHash)
      // The restored store is one that a tower can go on with.
      let store = try await SQLiteStore.open(directory: bench.place("restored"))
      #expect(try await store.append(event(1, receivedAt: bench.time.now)) == .duplicate(bodyMatches: true, seq: 1))
      #expect(try await store.append(event(9999, receivedAt: bench.time.now)) == .accepted(seq: report.lastSeq + 1))
      #expect(try await store.verifyChain().isIntact)
      await store.close()
    }
  }

  @Test func theExportsSinceBringBackTheRest() async throws {
    try await Bench.with { bench in
      try await bench.fill(1...100)
      _ = try await bench.export("2025-10-01")
      try await bench.fill(101...150)
      _ = try await bench.backUp()
      try await bench.fill(151...1800)
      bench.time.advance(days: 1)
      let run = Array(#"{"runId":"run_1","status":"success"}"#.utf8)
      _ = try await bench.store.commit([.put(DocumentKey("runs", "run_1"), body: run)])
      _ = try await bench.export("2025-10-02")
      try await bench.fill(1801...1900)
      _ = try await bench.export("2025-10-03")
      let report = try await restore(bench, exports: true)
      #expect(report.backupSeq == 150 && report.fromExports == 1750 && report.lastSeq == 1900)
      #expect(report.lastHash == (try await bench.store.hash(at: 1900)))
      let restored = try await all(bench.place("restored"))
      let original = try await all(bench.data)
      #expect(restored.map(\.hash) == original.map(\.hash))
      let reader = try StoreReader(directory: bench.place("restored"))
      #expect(try await reader.documents(in: "runs", after: nil, descending: false, limit: 9).map(\.body) == [run])
      await reader.close()
      let drill = try await RestoreDrill(directory: bench.data, artifacts: bench.artifacts.path).run()
      #expect(drill.restored.lastSeq == 1900 && drill.storeSeq == 1900)
      #expect(try FileManager.default.contentsOfDirectory(atPath: bench.data).allSatisfy { !$0.hasPrefix("drill") })
    }
  }

  @Test func aGapInTheExportsIsSaid() async throws {
    try await Bench.with { bench in
      try await bench.fill(1...10)
      _ = try await bench.backUp()
      try await bench.fill(11...20)
      _ = try await bench.export("2025-10-01")
      try await bench.fill(21...30)
      _ = try await bench.export("2025-10-02")
      // The first export has everything from the beginning on, and so it is the one that must not be missing.
      try await bench.artifacts.delete(ArtifactName("exports/2025-10-01/manifest.json")!)
      let words = await failure { _ = try await restore(bench, exports: true) }
      #expect(words?.contains("events 11 to 20") == true)
      #expect(!FileManager.default.fileExists(atPath: bench.place("restored/tower.db")))
    }
  }

  /// Somebody changes an event in an export and makes the manifest agree: the chain does not.
  @Test func aChangedExportIsNotTaken() async throws {
    try await Bench.with { bench in
      try await bench.fill(1...10)
      _ = try await bench.backUp()
      try await bench.fill(11...20)
      var manifest = try await bench.export("2025-10-01")
      let name = ArtifactName("exports/2025-10-01/events.jsonl.gz")!
      let text = try lines(try #require(try await bench.artifacts.contents(of: name)))
        .map { String(decoding: $0, as: UTF8.self).replacing("INV-15\"", with: "INV-99\"") + "\n" }.joined()
      let gzip = GzipWriter()
      let bytes = gzip.compress(Array(text.utf8)) + gzip.finish()
      try await bench.artifacts.put(name, mediaType: "application/gzip", at: bench.time.now, bytes)
      #expect(
        await failure { _ = try await restore(bench, exports: true) }?.contains("not what the manifest says") == true)
      manifest.files[0].sha256 = SHA256.hash(bytes)
      let manifestName = ArtifactName("exports/2025-10-01/manifest.json")!
      try await bench.artifacts.put(manifestName, mediaType: "application/json", at: bench.time.now, manifest.json)
      #expect(await failure { _ = try await restore(bench, exports: true) }?.contains("not what was recorded") == true)
      // Without the exports it goes up to the backup.
      #expect(try await restore(bench).lastSeq == 10)
    }
  }

  @Test func anotherKeyAndATakenDirectoryAreRefused() async throws {
    try await Bench.with { bench in
      try await bench.fill(1...10)
      _ = try await bench.backUp()
      let key = bench.place("other.key")
      try Data((String(repeating: "0", count: 64) + "\n").utf8).write(to: URL(fileURLWithPath: key))
      let source = bench.artifacts.path
      let words = await failure {
        _ = try await Restore(directory: bench.place("a"), key: key).run(from: source, exports: nil)
      }
      #expect(words?.contains("not the key that this backup was made with") == true)
      let missing = await failure {
        _ = try await Restore(directory: bench.place("a"), key: bench.place("none")).run(from: source, exports: nil)
      }
      #expect(missing?.contains("there is no key at") == true)
      _ = try await restore(bench, to: "b")
      #expect(await failure { _ = try await restore(bench, to: "b") }?.contains("already") == true)
      // The directory that was taken is left as it was.
      #expect(try await all(bench.place("b")).count == 10)
    }
  }

  @Test func aDamagedBackupIsRefused() async throws {
    try await Bench.with { bench in
      try await bench.fill(1...500)
      let prefix = try await bench.backUp()
      let name = ArtifactName(prefix + "tower.db.gz")!
      let bytes = try #require(try await bench.artifacts.contents(of: name))
      let file = bench.place("tower.db.gz")
      for (cut, flip) in [(bytes.count / 2, -1), (bytes.count, bytes.count / 2)] {
        var damaged = Array(bytes[..<cut])
        if flip >= 0 { damaged[flip] ^= 0x55 }
        try Data(damaged).write(to: URL(fileURLWithPath: file))
        await #expect(throws: (any Error).self) {
          _ = try await Restore(directory: bench.place("a"), key: bench.key).run(from: file, exports: nil)
        }
      }
      try Data(bytes).write(to: URL(fileURLWithPath: file))
      #expect(
        try await Restore(directory: bench.place("a"), key: bench.key).run(from: file, exports: nil).lastSeq == 500)
    }
  }

  /// A folder as somebody has copied it together: backups and exports as plain files.
  @Test func thePlainFilesAreEnough() async throws {
    try await Bench.with { bench in
      try await bench.fill(1...10)
      let old = try await bench.backUp()
      try await bench.fill(11...20)
      bench.time.advance(days: 1)
      let new = try await bench.backUp()
      try await bench.fill(21...30)
      _ = try await bench.export("2025-10-01")
      // By their names the older backup is the last, and the export has a manifest too.
      for (from, to) in [(old, "copy/z/"), (new, "copy/a/"), ("exports/2025-10-01/", "copy/b/exports/")] {
        let folder = bench.place(to)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for artifact in try await bench.artifacts.all(prefix: from) {
          let bytes = try #require(try await bench.artifacts.contents(of: artifact.name))
          try Data(bytes).write(to: URL(fileURLWithPath: folder + (artifact.name.segments.last ?? "")))
        }
      }
      let copy = bench.place("copy")
      let report = try await Restore(directory: bench.place("a"), key: bench.key).run(from: copy, exports: copy)
      #expect(report.backup == "a/tower.db.gz" && report.backupSeq == 20 && report.lastSeq == 30)
    }
  }

  /// Else retention would remove that night what was held since the backup.
  @Test func holdsComeBackWithTheExports() async throws {
    try await Bench.with { bench in
      func hold(_ id: String) -> Hold {
        Hold(
          id: id, scope: .correlation("corr"), by: "A. Counsel", reason: "Dispute", token: "owner",
          placedAt: bench.time.now)
      }
      var settled = hold("hold_1")
      try await bench.fill(1...10)
      _ = try await bench.store.commit([.put(settled.key, body: settled.json)])
      _ = try await bench.backUp()
      try await bench.fill(11...20)
      let active = settled.key
      settled.release = .init(by: "B. Counsel", reason: "Settled", token: "owner", at: bench.time.now)
      let placed = hold("hold_2")
      _ = try await bench.store.commit([
        .delete(active), .put(settled.key, body: settled.json), .put(placed.key, body: placed.json),
      ])
      _ = try await bench.export("2025-10-01")
      _ = try await restore(bench, exports: true)
      let reader = try StoreReader(directory: bench.place("restored"))
      for (collection, expected) in [(Hold.activeCollection, placed), (Hold.releasedCollection, settled)] {
        let found = try await reader.documents(in: collection, after: nil, descending: false, limit: 9)
        #expect(try found.map { try Hold(json: $0.body) } == [expected])
      }
      await reader.close()
    }
  }

  @Test(arguments: [
    ("nothing there", nil, "there is nothing at"), ("empty folder", nil, "there is no backup in"),
    ("text", "hello\n", "is no backup of a tower's database"), ("no gzip", "hello\n", "is damaged"),
  ])
  func whatIsNoBackupIsSaid(what: String, content: String?, words: String) async throws {
    try await Bench.with { bench in
      let place = bench.place(what == "no gzip" ? "tower.db.gz" : "source")
      if let content {
        try Data(content.utf8).write(to: URL(fileURLWithPath: place))
      } else if what == "empty folder" {
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
      }
      let found = await failure {
        _ = try await Restore(directory: bench.place("a"), key: bench.key).run(from: place, exports: nil)
      }
      #expect(found?.contains(words) == true, "\(found ?? "nothing")")
      #expect(!FileManager.default.fileExists(atPath: bench.place("a/digest.key")))
    }
  }

  @Test func aManifestOfAnotherBackupIsSaid() async throws {
    try await Bench.with { bench in
      try await bench.fill(1...10)
      let prefix = try await bench.backUp()
      let name = ArtifactName(prefix + "manifest.json")!
      let json = try #require(try await bench.artifacts.contents(of: name))
      var manifest = try #require(BackupManifest(json: json))
      manifest.lastSeq = 11
      try await bench.artifacts.put(name, mediaType: "application/json", at: bench.time.now, manifest.json)
      #expect(await failure { _ = try await restore(bench) }?.contains("its manifest says 11") == true)
    }
  }

  @Test func aBackupOfATouchedLogIsNotMade() async throws {
    try await Bench.with { bench in
      try await bench.fill(1...20)
      touch(bench.data + "/tower.db")
      #expect(await failure { _ = try await bench.backUp() }?.contains("event 7") == true)
      #expect(try await bench.artifacts.all(prefix: "backups/").isEmpty)
      #expect(try FileManager.default.contentsOfDirectory(atPath: bench.data).allSatisfy { !$0.hasPrefix("backup") })
    }
  }

  /// Changes event 7, as somebody with the sqlite3 shell does.
  private func touch(_ database: String) {
    var handle: OpaquePointer?
    sqlite3_open(database, &handle)
    defer { sqlite3_close(handle) }
    let sql = "DROP TRIGGER events_refuse_update; UPDATE events SET payload = '{}' WHERE seq = 7"
    #expect(sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK)
  }

  @Test func oldBackupsGoAndTheLastStays() async throws {
    try await Bench.with { bench in
      try await bench.fill(1...5)
      var made: [String] = []
      for _ in 0..<4 {
        made.append(try await bench.backUp())
        bench.time.advance(days: 1)
      }
      // One that was interrupted before its manifest.
      try await bench.artifacts.put(
        ArtifactName("backups/2025-09-20T020000Z/tower.db.gz")!, mediaType: "application/gzip", at: bench.time.now, [1])
      let backup = Backup(directory: bench.data, artifacts: bench.artifacts, now: { Timestamp(microseconds: 0) })
      #expect(try await backup.rotate(keeping: 2) == 5)
      #expect(try await Backup.all(bench.artifacts) == Array(made.suffix(2)))
      #expect(try await bench.artifacts.all(prefix: "backups/").count == 4)
    }
  }
}
