import CTArtifacts
import CTCrypto
import CTJSON
import CTStore
import Foundation
import Testing

@testable import CTArchive

@Suite struct ExportTests {
  @Test(arguments: [
    "{}", #"{"a":1.50e1, "b":[null,true]}"#, #"{"note":"line\nbreak, \"quotes\" and ü 💷"}"#,
    "{\n  \"a\": 1,\r\n  \"b\": 2\n}", #"{"x":1,"receivedAt":"2025","payload":{"hash":"y"}}"#,
    #"{"payload":{},"receivedAt":"1"}"#,
  ])
  func anEventComesBackFromItsLineAsItWas(payload: String) async throws {
    try await Bench.with { bench in
      var record = event(1, payload: payload, correlation: #"run"1\"#, receivedAt: Timestamp(microseconds: 1_234_567))
      record.corrects = #"evt "0""#
      record.redactions = Array(#"[{"pointer":"/note","rule":"email"}]"#.utf8)
      _ = try await bench.store.append(record)
      let stored = try #require(try await bench.store.tail(after: 0, limit: 1).first)
      var line: [UInt8] = []
      EventLine.append(stored, to: &line)
      #expect(line.last == UInt8(ascii: "\n") && !line.dropLast().contains(UInt8(ascii: "\n")))
      let read = try #require(EventLine.read(line.dropLast()))
      #expect(read.seq == 1 && read.hash == stored.hash)
      #expect(read.record.payload == record.payload && read.record.correlationId == record.correlationId)
      #expect(read.record.ts == record.ts && read.record.receivedAt == record.receivedAt)
      #expect(read.record.bodyDigest == record.bodyDigest && read.record.signal == record.signal)
      #expect(read.record.corrects == record.corrects && read.record.redactions == record.redactions)
      let members = try #require(try JSONValue(parsing: line).members)
      #expect(members.first { $0.key == "payload" }?.value.members != nil)
    }
  }

  private func contents(_ name: String, _ bench: Bench) async throws -> [[UInt8]] {
    let bytes = try await bench.artifacts.contents(of: ArtifactName(name)!)
    return try lines(try #require(bytes))
  }

  @Test func theManifestSaysWhatIsThere() async throws {
    try await Bench.with { bench in
      try await bench.fill(1...2500)
      let run = Array(#"{"runId":"run_1","status":"success"}"#.utf8)
      _ = try await bench.store.commit([.put(DocumentKey("runs", "run_1"), body: run)])
      let manifest = try await bench.export("2025-09-27")
      #expect(manifest.files.map(\.count) == [2500, 1, 0, 1])
      for file in manifest.files {
        let bytes = try #require(
          try await bench.artifacts.contents(of: ArtifactName("exports/2025-09-27/\(file.name)")!))
        #expect(file.sha256 == SHA256.hash(bytes) && file.size == bytes.count)
        #expect(try lines(bytes).count == file.count)
      }
      let chain = try #require(manifest.chain)
      #expect(chain.after == 0 && chain.afterHash == .zero && chain.through == 2500)
      #expect(try await bench.store.event(id: "evt_2500")?.hash == chain.throughHash)
      #expect(manifest.checkpoint?.hash == chain.throughHash && manifest.schemaVersion > 0)
      let stored = try #require(
        try await bench.artifacts.contents(of: ArtifactName("exports/2025-09-27/manifest.json")!))
      #expect(ExportManifest(json: stored) == manifest)
      let events = try await contents("exports/2025-09-27/events.jsonl.gz", bench).map { EventLine.read($0[...]) }
      #expect(events.map { $0?.seq } == (1...2500).map { Int64($0) })
    }
  }

  @Test func everyEventIsInOneDailyExport() async throws {
    try await Bench.with { bench in
      var seen: [Int64] = []
      for (day, count) in [5, 0, 1200, 1].enumerated() {
        if count > 0 { try await bench.fill((seen.count + 1)...(seen.count + count)) }
        let manifest = try await bench.export("2025-10-0\(day + 1)")
        let lines = try await contents("exports/2025-10-0\(day + 1)/events.jsonl.gz", bench)
        seen += lines.compactMap { EventLine.read($0[...])?.seq }
        #expect(manifest.chain?.through == Int64(seen.count))
        bench.time.advance(days: 1)
      }
      #expect(seen == (1...1206).map { Int64($0) })
    }
  }

  /// The tower died behind the manifest, before it could note how far the export had come.
  @Test func anExportThatWasInterruptedIsMadeAgain() async throws {
    try await Bench.with { bench in
      try await bench.fill(1...10)
      let target = ArtifactExportTarget(artifacts: bench.artifacts, prefix: "exports/2025-10-01/")
      let time = bench.time
      _ = try await Exporter(source: bench.store, target: target, now: { time.now }).export(.log(after: 0, through: 10))
      try await bench.fill(11...20)
      let manifest = try await bench.export("2025-10-01")
      #expect(manifest.chain?.after == 0 && manifest.chain?.through == 20)
      #expect(try await contents("exports/2025-10-01/events.jsonl.gz", bench).count == 20)
    }
  }

  /// The tower died behind the note of how far the export had come, before the scheduler could note that it was done.
  @Test func anExportThatIsDoneTwiceIsWhatItWas() async throws {
    try await Bench.with { bench in
      try await bench.fill(1...10)
      let first = try await bench.export("2025-10-01")
      try await bench.fill(11...20)
      #expect(try await bench.export("2025-10-01") == first)
      #expect(try await contents("exports/2025-10-01/events.jsonl.gz", bench).count == 10)
      #expect(try await bench.export("2025-10-02").chain?.after == 10)
    }
  }

  @Test func aSpanOfTimeTakesWhatArrivedInIt() async throws {
    try await Bench.with { bench in
      let start = bench.time.now
      for day in 0..<5 {
        try await bench.fill((day * 10 + 1)...(day * 10 + 10))
        bench.time.advance(days: 1)
      }
      let day: Int64 = 86_400_000_000
      let from = Timestamp(microseconds: start.microseconds + day)
      let to = Timestamp(microseconds: start.microseconds + 3 * day)
      let reader = try StoreReader(directory: bench.data)
      let target = try FolderExportTarget(path: bench.place("out"))
      let manifest = try await Exporter(source: reader, target: target, now: { start })
        .export(.received(from: from, to: to))
      await reader.close()
      #expect(manifest.files.first?.count == 20 && manifest.chain == nil)
      let bytes = try Data(contentsOf: URL(fileURLWithPath: bench.place("out/events.jsonl.gz")))
      #expect(try lines(Array(bytes)).compactMap { EventLine.read($0[...])?.seq } == (11...30).map { Int64($0) })
      #expect(throws: ArchiveError.self) { try FolderExportTarget(path: bench.place("out")) }
    }
  }
}
