import CTCrypto
import CTHTTP
import CTJSON
import CTStore
import Testing

@testable import CTImpl

/// Events from any time, and a clock that jumps. The clock of these towers stands at 2025-09-27T10:00:00Z.
@Suite struct TimeTests {
  private func post(_ origin: HTTPOrigin, _ id: String, ts: String) async throws -> HTTPClientResponse {
    let body = Array(
      #"{"eventId":"\#(id)","type":"system.heartbeat","ts":"\#(ts)","source":"portal","payload":{}}"#.utf8)
    let signature = HMACKey(TokenTable.developmentSecret.utf8).tag(body).hex
    return try await HTTPClient().send(
      HTTPClientRequest(
        .post, URLParts(origin: origin, target: "/events"),
        fields: [
          "Authorization": "Bearer DEV_TOKEN_PORTAL", "Content-Type": "application/json",
          "X-CT-Signature": HTTPFieldValue(lossy: "sha256=\(signature)"),
        ], body: body))
  }

  private func withServer(_ body: (TestTower, HTTPOrigin) async throws -> Void) async throws {
    try await TestTower.with { tower in
      let (server, origin) = try tower.listen()
      do { try await body(tower, origin) } catch {
        await server.shutdown(grace: .seconds(1))
        throw error
      }
      await server.shutdown(grace: .seconds(1))
    }
  }

  @Test(arguments: [
    ("2025-09-28T10:00:00Z", 202), ("2025-09-28T10:00:00.000001Z", 422), ("2025-09-28T11:00:00+01:00", 202),
    ("2025-09-28T10:00:00-01:00", 422), ("9999-12-31T23:59:59Z", 422), ("1970-01-01T00:00:00Z", 202),
    ("0001-01-01T00:00:00Z", 202),
  ])
  func upToADayAheadAndAsLateAsYouLike(ts: String, status: Int) async throws {
    try await withServer { _, origin in
      let response = try await post(origin, "evt_1", ts: ts)
      #expect(response.status.code == status)
      guard status == 422 else { return }
      let violation = try JSONValue(parsing: response.body)["errors"]?.elements?.first
      #expect(violation?["pointer"]?.string == "/ts" && violation?["keyword"]?.string == "x-ct-max-lead")
    }
  }

  @Test func whatWasRefusedIsTakenWhenItsTimeHasCome() async throws {
    try await withServer { tower, origin async throws in
      #expect(try await post(origin, "evt_1", ts: "2025-09-29T00:00:00Z").status.code == 422)
      tower.time.advance(seconds: 86_400)
      #expect(try await post(origin, "evt_1", ts: "2025-09-29T00:00:00Z").status.code == 202)
    }
  }

  /// Also when the clock is set back between two events: the log's order is the order of their arrival.
  @Test func theOrderOfTheLogIsTheTowersOwn() async throws {
    try await withServer { tower, origin in
      for (number, jump) in [0.0, -7200, 3600, -86_400, 10].enumerated() {
        tower.time.advance(seconds: jump)
        #expect(try await post(origin, "evt_\(number)", ts: "2025-09-2\(7 - number)T00:00:00Z").status.code == 202)
      }
      let log = try await tower.store.tail(after: 0, limit: 10)
      #expect(log.map(\.record.eventId) == ["evt_0", "evt_1", "evt_2", "evt_3", "evt_4"])
      #expect(log.map(\.seq) == [1, 2, 3, 4, 5])
      #expect(log[1].record.receivedAt < log[0].record.receivedAt)
      #expect(try await tower.store.verifyChain().isIntact)
      // Lists are by the sender's time.
      let page = try await tower.store.events(matching: EventFilter(), limit: 10).events
      #expect(page.map(\.record.eventId) == ["evt_0", "evt_1", "evt_2", "evt_3", "evt_4"])
    }
  }
}
