import CTHTTP
import CTRuntime
import Testing

/// Bodies with several media types, and the choice among them by `Accept` and `Content-Type`.
@Suite struct MediaTypeTests {
  private static let api = TestAPI(
    report: { input in
      switch input.responseMediaType {
      case .json: .ok(.init(body: .json(Report(day: input.day, count: 7))))
      case .markdown: .ok(.init(body: .markdown("# \(input.day)")))
      case .pdf: .ok(.init(body: .pdf([0x25, 0x50])))
      }
    },
    note: { input in
      switch input.body {
      case .json(let report): .ok(.init(body: "json \(report.count)"))
      case .plain(let text): .ok(.init(body: "plain \(text)"))
      case .octetStream(let bytes): .ok(.init(body: "bytes \(bytes.count)"))
      }
    })

  @Test(arguments: [
    ("application/json", "application/json", #"{"day":"2025-09-27","count":7}"#),
    ("text/*", "text/markdown", "# 2025-09-27"), ("application/json;q=0.5, application/pdf", "application/pdf", "%P"),
  ])
  func `answers in the media type that the client prefers`(accept: String, type: String, body: String) async throws {
    let response = try await Self.api.send("GET", ["reports", "2025-09-27"], fields: [("Accept", accept)])
    #expect(response.status == 200)
    #expect(response.fields.value(of: "content-type") == type)
    #expect(response.fields.values(of: "vary") == ["Accept"])
    #expect(response.text == body)
  }

  @Test func `answers in the first media type where the client says nothing`() async throws {
    let response = try await Self.api.send("GET", ["reports", "2025-09-27"])
    #expect(response.fields.value(of: "content-type") == "application/json")
  }

  @Test func `refuses what it cannot make with a 406 that lists what it can`() async throws {
    let response = try await Self.api.send("GET", ["reports", "2025-09-27"], fields: [("Accept", "image/png")])
    #expect(response.status == 406)
    #expect(response.fields.value(of: "content-type") == "application/problem+json")
    #expect(response.text.contains("application/json or text/markdown or application/pdf"))
  }

  @Test func `has clients say what they accept, and gives them what came`() async throws {
    let first = try await Self.api.client.getReport(day: "2025-09-27")
    guard case .ok(let ok) = first, case .json(let report) = ok.body else { throw Unexpected() }
    #expect(report.count == 7)
    let second = try await Self.api.client.getReport(day: "2025-09-27", accepting: [.markdown, .json])
    guard case .ok(let ok) = second, case .markdown(let text) = ok.body else { throw Unexpected() }
    #expect(text == "# 2025-09-27")
  }

  @Test(arguments: [
    ("application/json", #"{"day":"2025-09-27","count":1}"#, "json 1"),
    ("text/plain; charset=utf-8", "héllo", "plain héllo"), ("Application/Octet-Stream", "héllo", "bytes 6"),
  ])
  func `reads a body by its media type`(type: String, body: String, answer: String) async throws {
    let response = try await Self.api.send("POST", ["notes"], body: body, as: type)
    #expect(response.status == 200)
    #expect(response.text == answer)
  }

  @Test(arguments: [
    AddNote.Body.json(Report(day: "2025-09-27", count: 3)), .plain("hello"), .octetStream([0, 255]),
  ])
  func `sends each media type`(body: AddNote.Body) async throws {
    guard case .ok(let ok) = try await Self.api.client.addNote(body: body) else { throw Unexpected() }
    switch body {
    case .json: #expect(ok.body == "json 3")
    case .plain: #expect(ok.body == "plain hello")
    case .octetStream: #expect(ok.body == "bytes 2")
    }
  }

  @Test func `refuses another media type with a 415 that lists those it takes`() async throws {
    let response = try await Self.api.send("POST", ["notes"], body: "a=1", as: "application/x-www-form-urlencoded")
    #expect(response.status == 415)
    #expect(response.fields.value(of: "accept") == "application/json, text/plain, application/octet-stream")
  }

  @Test func `refuses a content coding with a 415 that says so`() async throws {
    let response = try await Self.api.send(
      "POST", ["notes"], fields: [("Content-Encoding", "gzip")], body: "x", as: "text/plain")
    #expect(response.status == 415)
    #expect(response.fields.value(of: "accept-encoding") == "identity")
  }

  @Test func `checks text by its schema`() async throws {
    let long = try await Self.api.send("POST", ["notes"], body: "12345678901", as: "text/plain")
    #expect(long.status == 422)
    #expect(long.text.contains(#""keyword":"maxLength""#))
    var request = ClientRequest(method: "POST", path: ["notes"])
    request.setBody([0xFF], mediaType: "text/plain")
    #expect(try await Self.api.transport.send(request).status == 400)
  }

  private struct Unexpected: Error {}
}
