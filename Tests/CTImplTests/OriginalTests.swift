import CTArtifacts
import CTGenerated
import CTHTTP
import CTJSON
import CTRuntime
import CTStore
import Foundation
import Testing

@testable import CTImpl

/// Bodies that are kept as they were sent: sealed, for owners, each read written down; or not at all.
@Suite struct OriginalTests {
  private func body(_ id: String, total: String = "12.50", correlation: String = "run_1") -> String {
    #"{"eventId":"\#(id)","type":"finance.invoice.generated","ts":"2025-09-27T10:00:00Z","source":"finance","#
      + #""correlationId":"\#(correlation)","payload":{"invoiceId":"INV-1","period":"2025-09","total":\#(total),"#
      + #""remark":"jane.roe@example.com"}}"#
  }

  private var sealed: CTGenerated.Archive {
    var configuration = CTGenerated.Archive()
    configuration.originals = .sealed
    return configuration
  }

  private let owner: HTTPFields = ["Authorization": "Bearer DEV_TOKEN_OWNER"]

  private func read(_ id: String, _ tower: ArchiveTower) async throws -> HTTPClientResponse {
    try await tower.send(.get, "/events/\(id)/original", owner)
  }

  /// Whether some file of the tower's has these bytes.
  private func isOnDisk(_ text: String, _ tower: ArchiveTower) throws -> Bool {
    let files = try #require(FileManager.default.enumerator(atPath: tower.directory))
    for case let name as String in files {
      guard let data = FileManager.default.contents(atPath: "\(tower.directory)/\(name)") else { continue }
      if data.range(of: Data(text.utf8)) != nil { return true }
    }
    return false
  }

  @Test func theOwnerReadsTheBytesThatWereSentAndThatIsWrittenDown() async throws {
    try await ArchiveTower.with(sealed) { tower async throws in
      let receipt = try await tower.post(body("evt_1"))
      #expect(receipt.status == .accepted, "\(String(decoding: receipt.body, as: UTF8.self))")
      let answer = try await read("evt_1", tower)
      #expect(answer.status == .ok && answer.body == Array(body("evt_1").utf8))
      let event = try #require(try await tower.store.tail(after: 1, limit: 10).first?.record)
      #expect(event.type == "original.read" && event.source == "tower")
      #expect(String(decoding: event.payload, as: UTF8.self) == #"{"originalEventId":"evt_1","token":"dev-owner"}"#)
      #expect(try !isOnDisk("jane.roe@example.com", tower))
    }
  }

  @Test(arguments: ["VIEWER", "OPERATOR", "MAINTAINER", "FINANCE"]) func nobodyElseMay(role: String) async throws {
    try await ArchiveTower.with(sealed) { tower async throws in
      _ = try await tower.post(body("evt_1"))
      let fields: HTTPFields = ["Authorization": HTTPFieldValue(lossy: "Bearer DEV_TOKEN_\(role)")]
      #expect(try await tower.send(.get, "/events/evt_1/original", fields).status == .forbidden)
      #expect(try await tower.store.tail(after: 1, limit: 10).isEmpty)
      // Nor is there a link to it.
      guard case .ok(let page) = try await tower.client("owner").listArtifacts() else { return unexpected() }
      #expect(page.body.isEmpty)
    }
  }

  @Test func byDefaultNothingIsKept() async throws {
    try await ArchiveTower.with { tower async throws in
      #expect(try await tower.post(body("evt_1")).status == .accepted)
      #expect(try await read("evt_1", tower).status == .notFound)
      #expect(try await tower.archive.artifacts.all(prefix: "").isEmpty)
    }
  }

  @Test func aRepeatWithAnotherBodyDoesNotReplaceTheOriginal() async throws {
    try await ArchiveTower.with(sealed) { tower async throws in
      for total in ["12.50", "12.50", "99.00"] { _ = try await tower.post(body("evt_1", total: total)) }
      #expect(try await read("evt_1", tower).body == Array(body("evt_1").utf8))
      #expect(try await tower.archive.artifacts.all(prefix: "originals/").count == 1)
      #expect(try await read("evt_2", tower).status == .notFound)
    }
  }

  /// No acknowledgement without the original: it is on disk before the event is.
  @Test func whereTheOriginalCannotBeKeptNothingIsAcknowledged() async throws {
    try await ArchiveTower.with(sealed) { tower async throws in
      let staging = "\(tower.directory)/artifacts/staging"
      try FileManager.default.removeItem(atPath: staging)
      #expect(try await tower.post(body("evt_1")).status.code >= 500)
      #expect(try await tower.store.event(id: "evt_1") == nil)
      try FileManager.default.createDirectory(atPath: staging, withIntermediateDirectories: false)
      #expect(try await tower.post(body("evt_1")).status == .accepted)
      #expect(try await read("evt_1", tower).status == .ok)
    }
  }

  @Test func anOriginalGoesWithItsEventAndStaysWithAHold() async throws {
    try await ArchiveTower.with(sealed) { tower async throws in
      _ = try await tower.post(body("evt_1"))
      _ = try await tower.post(body("evt_held", correlation: "run_2"))
      // One whose event never came.
      try await tower.archive.artifacts.put(
        ArtifactName("originals/aa/bb/cc")!, mediaType: "application/octet-stream", at: tower.time.now, [1])
      let request = HoldRequest(correlationId: "run_2", by: "A", reason: "x")
      _ = try await tower.client("owner").placeHold(body: request).hold
      _ = try await tower.store.systems(asOf: tower.time.now)
      tower.time.advance(seconds: 182 * 86_400)
      guard case .ok(let plan) = try await tower.client("maintainer").getRetention() else { return unexpected() }
      let report = try await tower.archive.retention.run()
      #expect(report.events.removed == 2 && report.events.held == 1)
      // The first status of each system is a change that is too old, too.
      #expect(plan.body.collections.map(\.expired) == [2, 0, 7] && plan.body.collections[0].held == 1)
      #expect(try await read("evt_1", tower).status == .notFound)
      #expect(try await read("evt_held", tower).status == .ok)
      #expect(try await tower.archive.artifacts.all(prefix: "originals/").count == 1)
    }
  }
}
