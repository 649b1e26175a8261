import CTHTTP
import CTJSON
import CTStore
import Testing

/// Seed, section 5.5: corrections are new events that refer to their originals, and readers see both.
@Suite struct CorrectionTests {
  private func correction(of id: String) -> String {
    #"{"originalEventId":"\#(id)","reason":"The rate was wrong.","changes":{"vat":205.76}}"#
  }

  private func ids(_ value: JSONValue?) -> [String]? { value?.elements?.compactMap(\.string) }

  @Test func bothAreSeenFromEachOtherAndInLists() async throws {
    try await ListeningTower.with { tower async throws in
      #expect(try await tower.post("evt_1").status.code == 202)
      #expect(try await tower.event("evt_1")?["correctedBy"] == nil)
      for id in ["fix_1", "fix_2"] {
        let sent = try await tower.post(id, "event.corrected", source: "finance", payload: correction(of: "evt_1"))
        #expect(sent.status.code == 202)
      }
      #expect(ids(try await tower.event("evt_1", role: "viewer")?["correctedBy"]) == ["fix_1", "fix_2"])
      #expect(try await tower.event("fix_1", role: "viewer")?["corrects"]?.string == "evt_1")
      let list = try JSONValue(parsing: try await tower.get("/events").body).elements ?? []
      #expect(list.count == 3)
      #expect(ids(list.first { $0["eventId"]?.string == "evt_1" }?["correctedBy"]) == ["fix_1", "fix_2"])
      #expect(list.filter { $0["corrects"]?.string == "evt_1" }.count == 2)
    }
  }

  @Test func itMayComeBeforeItsOriginalAndBeCorrectedItself() async throws {
    try await ListeningTower.with { tower async throws in
      #expect(try await tower.post("fix_1", "event.corrected", payload: correction(of: "evt_1")).status.code == 202)
      #expect(try await tower.post("fix_2", "event.corrected", payload: correction(of: "fix_1")).status.code == 202)
      #expect(try await tower.get("/events/evt_1").status == .notFound)
      #expect(try await tower.post("evt_1").status.code == 202)
      #expect(ids(try await tower.event("evt_1")?["correctedBy"]) == ["fix_1"])
      #expect(ids(try await tower.event("fix_1")?["correctedBy"]) == ["fix_2"])
    }
  }

  @Test func itCannotCorrectItself() async throws {
    try await ListeningTower.with { tower async throws in
      let response = try await tower.post("fix_1", "event.corrected", payload: correction(of: "fix_1"))
      #expect(response.status.code == 422)
      let violation = try JSONValue(parsing: response.body)["errors"]?.elements?.first
      #expect(violation?["pointer"]?.string == "/payload/originalEventId")
    }
  }

  /// A reason with so much personal data that what stands in for it is longer than a reason may be.
  @Test func whatStandsInMayBeLong() async throws {
    try await ListeningTower.with { tower async throws in
      let reason = (0..<33).map { "jane\($0)@example.com" }.joined(separator: ",").prefix(500)
      let payload = #"{"originalEventId":"evt_1","reason":"\#(reason)","changes":{}}"#
      #expect(try await tower.post("fix_1", "event.corrected", payload: payload).status.code == 202)
      #expect(try await tower.event("fix_1")?["corrects"]?.string == "evt_1")
    }
  }

  @Test func oneEventIsReadByWhoeverMayRead() async throws {
    try await ListeningTower.with { tower async throws in
      #expect(try await tower.post("evt:a.b-c_1").status.code == 202)
      #expect(try await tower.event("evt:a.b-c_1")?["payload"] != nil)
      #expect(try await tower.event("evt%3Aa.b-c_1", role: "viewer")?["payload"] == nil)
      #expect(try await tower.get("/events/none").status == .notFound)
      #expect(try await tower.get("/events/evt%20x").status == .badRequest)
      #expect(try await tower.get("/events/evt_1", role: "finance").status == .forbidden)
    }
  }
}
