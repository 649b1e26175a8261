import CTHTTP
import CTJSON
import CTStore
import Testing

/// What is told about what was redacted, and what becomes of ids that are personal data themselves.
@Suite struct RedactionReportTests {
  private func notes(_ event: JSONValue?) -> [String]? {
    event?["redactions"]?.elements?.map {
      "\($0["rule"]?.string ?? "") \($0["pointer"]?.string ?? "") \($0["count"]?.number?.lexeme ?? "")"
    }
  }

  @Test func ruleAndPlaceAndCountForMaintainersOnly() async throws {
    try await ListeningTower.with { tower async throws in
      let payload = """
        {"contractorId":"C123","period":"2025-W36","totalHours":15,"note":"jane@example.com, joe@example.com",
         "items":[{"date":"2025-09-01","hours":7.5,"name":"Jane"},{"date":"2025-09-02","hours":7.5,"name":"Jane"}],
         "more":{"raw":"{\\"card\\":\\"4111111111111111\\"}"}}
        """
      let sent = try await tower.post("evt_1", "excel.timesheet.ingested", source: "backend", payload: payload)
      #expect(sent.status.code == 202)
      #expect(
        notes(try await tower.event("evt_1")) == [
          "email /payload/note 2", "drop /payload/items/*/name 2", "payment-card /payload/more/raw 1",
        ])
      #expect(try await tower.event("evt_1", role: "viewer")?["redactions"] == nil)
      #expect(try await tower.post("evt_2").status.code == 202)
      #expect(try await tower.event("evt_2")?["redactions"] == nil)
      #expect(try await tower.tower.store.verifyChain().isIntact)
    }
  }

  /// A telephone number as an id: the same event however often it is sent, found under the number, never written down.
  @Test func idsThatArePersonalDataAreHashes() async throws {
    try await ListeningTower.with { tower async throws in
      let first = try JSONValue(
        parsing: try await tower.post("07700900123", correlationId: "GB29NWBK60161331926819").body)
      #expect(first["status"]?.string == "accepted")
      #expect(first["eventId"]?.string?.hasPrefix("hmac:") == true)
      let again = try JSONValue(
        parsing: try await tower.post("07700900123", correlationId: "GB29NWBK60161331926819").body)
      #expect(again["status"]?.string == "duplicate" && again["bodyMatches"] == .bool(true))
      let event = try #require(try await tower.event("07700900123"))
      #expect(event["eventId"]?.string == first["eventId"]?.string)
      #expect(notes(event) == ["phone /eventId 1", "iban /correlationId 1"])
      let list = try JSONValue(parsing: try await tower.get("/events?correlationId=GB29NWBK60161331926819").body)
      #expect(list.elements?.count == 1)
      let fix = #"{"originalEventId":"07700900123","reason":"Wrong.","changes":{}}"#
      #expect(try await tower.post("fix_1", "event.corrected", payload: fix).status.code == 202)
      #expect(try await tower.event("07700900123")?["correctedBy"]?.elements?.first?.string == "fix_1")
    }
  }

  @Test func referencesKeepTheirForm() async throws {
    try await ListeningTower.with { tower async throws in
      let payload = #"{"contractorId":"4111111111111111","fileRef":"gs://ct-uploads/jane@example.com/cv.pdf"}"#
      let sent = try await tower.post("evt_1", "portal.upload.received", payload: payload)
      #expect(sent.status.code == 202)
      let stored = try #require(try await tower.event("evt_1")?["payload"])
      #expect(stored["contractorId"]?.string?.hasPrefix("hmac:") == true)
      let reference = stored["fileRef"]?.string ?? ""
      #expect(reference.hasPrefix("gs://ct-uploads/[email hmac:") && reference.hasSuffix("]/cv.pdf"))
    }
  }

  @Test(arguments: [
    "evt_01J9Z4Q3E8ABCDEFGHJKMNPQRS", "evt_bench_4711_1700000000_12", "b54adc00-67f9-11d9-9669-0800200c9a66",
    "evt_hb_portal_1758967500", "INV-2025-0912", "evt_demo_001", "ctconform-1f2e3d4c-17-a", "2025-09-27T10:00:00Z-1",
    "run_000640b1e2c3d4005f3a9c01", "replay_000640b1e2c3d4005f3a9c01", "1758967500123456", "github.12345678901.1",
  ])
  func ordinaryIdsStay(id: String) async throws {
    try await ListeningTower.with { tower async throws in
      let receipt = try JSONValue(parsing: try await tower.post(id, correlationId: id).body)
      #expect(receipt["eventId"]?.string == id)
    }
  }
}
