import CTDigest
import CTGenerated
import CTHTTP
import CTJSON
import CTRuntime
import CTSchedule
import CTStore
import Testing

@testable import CTImpl

/// `GET /reports` and `GET /reports/daily`. The clock stands at 2025-09-27, 11:00 in London.
@Suite struct ReportTests {
  private func withServer(_ body: (TestTower, HTTPOrigin) async throws -> Void) async throws {
    try await TestTower.with { tower in
      let (server, origin) = try tower.listen()
      let result: Result<Void, any Error>
      do { result = .success(try await body(tower, origin)) } catch { result = .failure(error) }
      await server.shutdown(grace: .seconds(1))
      try result.get()
    }
  }

  private func get(
    _ origin: HTTPOrigin, _ target: String, role: String = "viewer", accept: String? = nil
  ) async throws -> HTTPClientResponse {
    var fields: HTTPFields = ["Authorization": HTTPFieldValue(lossy: "Bearer DEV_TOKEN_\(role.uppercased())")]
    if let accept { fields.append("Accept", HTTPFieldValue(lossy: accept)) }
    return try await HTTPClient().send(
      HTTPClientRequest(.get, URLParts(origin: origin, target: target), fields: fields, body: []))
  }

  private func json(_ response: HTTPClientResponse) throws -> JSONValue { try JSONValue(parsing: response.body) }

  private func make(_ tower: TestTower, _ dates: String...) async throws {
    for date in dates { _ = try await tower.digests.make(LocalDate(date)!) }
  }

  @Test func `before the first digest there is a preview`() async throws {
    try await withServer { _, origin in
      let response = try await get(origin, "/reports/daily")
      #expect(response.status.code == 200)
      let digest = try json(response)
      #expect(digest["state"]?.string == "preview" && digest["date"]?.string == "2025-09-27")
      #expect(try json(await get(origin, "/reports")).elements?.isEmpty == true)
    }
  }

  @Test func `without a date it is the latest`() async throws {
    try await withServer { tower, origin in
      try await make(tower, "2025-09-26", "2025-09-27")
      let digest = try json(await get(origin, "/reports/daily"))
      #expect(digest["date"]?.string == "2025-09-27" && digest["state"]?.string == "final")
      #expect(digest["comparedWith"]?.string == "2025-09-26")
      #expect(try json(await get(origin, "/reports/daily?date=2025-09-26"))["date"]?.string == "2025-09-26")
    }
  }

  @Test(arguments: [
    ("2025-09-25", 404), ("2025-09-28", 422), ("9999-12-31", 422), ("2025-02-30", 400), ("yesterday", 400),
    ("2025-09-27", 404),
  ])
  func `a date without a digest is refused`(date: String, status: Int) async throws {
    try await withServer { tower, origin in
      try await make(tower, "2025-09-26")
      let response = try await get(origin, "/reports/daily?date=\(date)")
      #expect(response.status.code == status)
      #expect(try json(response)["detail"]?.string?.isEmpty == false)
    }
  }

  @Test func `payloads are for maintainers and owners`() async throws {
    try await withServer { tower, origin in
      try await make(tower, "2025-09-27")
      for role in ["viewer", "operator", "maintainer", "owner"] {
        let digest = try json(await get(origin, "/reports/daily", role: role))
        let isTrusted = role == "maintainer" || role == "owner"
        for section in ["ci", "exceptions", "finance"] { #expect((digest[section] != nil) == isTrusted, "\(role)") }
        #expect(digest["runs"] != nil)
      }
      #expect(try await get(origin, "/reports/daily", role: "finance").status.code == 403)
    }
  }

  @Test(arguments: [
    (nil, "application/json", "{"), ("*/*", "application/json", "{"), ("text/*", "text/markdown; charset=utf-8", "# "),
    ("text/markdown", "text/markdown; charset=utf-8", "# Control Tower, Saturday 27 September 2025"),
    ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8", "<!DOCTYPE html>"),
    ("application/json;q=0.1, text/html;q=0.2", "text/html; charset=utf-8", "<!DOCTYPE html>"),
  ])
  func `it comes in the form that is asked for`(accept: String?, type: String, start: String) async throws {
    try await withServer { tower, origin in
      try await make(tower, "2025-09-27")
      let response = try await get(origin, "/reports/daily", accept: accept)
      #expect(response.status.code == 200 && response.fields.value(of: "Content-Type") == type)
      #expect(response.fields.value(of: "Vary") == "Accept")
      #expect(String(decoding: response.body, as: UTF8.self).hasPrefix(start))
    }
  }

  @Test func `a form that there is not is refused with those that there are`() async throws {
    try await withServer { _, origin in
      let response = try await get(origin, "/reports/daily", accept: "application/pdf")
      #expect(response.status.code == 406)
      #expect(try json(response)["detail"]?.string?.contains("text/markdown") == true)
    }
  }

  @Test(arguments: ["text/markdown", "text/html"])
  func `text has no more than the reader may see`(accept: String) async throws {
    try await withServer { tower, origin in
      try await make(tower, "2025-09-27")
      for (role, isTrusted) in [("viewer", false), ("operator", false), ("maintainer", true), ("owner", true)] {
        let text = String(
          decoding: try await get(origin, "/reports/daily", role: role, accept: accept).body, as: UTF8.self)
        for heading in ["CI", "Exceptions", "Finance"] { #expect(text.contains(heading) == isTrusted, "\(role)") }
      }
    }
  }

  @Test func `digests are listed, the latest first, in pages`() async throws {
    try await withServer { tower, origin in
      try await make(tower, "2025-09-24", "2025-09-25", "2025-09-26", "2025-09-27")
      let page = try await get(origin, "/reports?limit=3")
      let dates = try json(page).elements?.compactMap { $0["date"]?.string }
      #expect(dates == ["2025-09-27", "2025-09-26", "2025-09-25"])
      let link = try #require(page.fields.value(of: "Link"))
      #expect(link == "</reports?limit=3&before=2025-09-25>; rel=\"next\"")
      let rest = try await get(origin, "/reports?limit=3&before=2025-09-25")
      #expect(try json(rest).elements?.first?["url"]?.string == "/reports/daily?date=2025-09-24")
      #expect(rest.fields.value(of: "Link") == nil)
    }
  }

  @Test func `what is archived is what the schema says`() async throws {
    try await TestTower.with { tower in
      _ = try await tower.store.append(record("evt_1"))
      let digest = try await tower.digests.make(LocalDate("2025-09-27")!).digest
      #expect(throws: Never.self) { try CTGenerated.DailyDigest(json: digest.json) }
    }
  }

  @Test func `ids that came again with another body are counted, also over a restart`() async throws {
    try await TestTower.with { tower in
      for payload in [#"{"a":1}"#, #"{"a":2}"#, #"{"a":3}"#, #"{"a":1}"#] {
        _ = try await tower.store.append(record("evt_1", payload: payload))
      }
      let digest = try await tower.digests.make(LocalDate("2025-09-27")!).digest
      #expect(digest.exceptions?.bodyMismatchesTotal == 2 && digest.exceptions?.bodyMismatches.value == 2)
    }
  }
}
