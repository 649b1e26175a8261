import CTHTTP
import CTRuntime
import Testing

/// In debug builds a handler that answers what the spec does not allow fails, and the answer says where.
@Suite struct ResponseContractTests {
  private func failure(_ api: TestAPI, accept: String = "*/*") async throws -> String? {
    let response = try await api.send("GET", ["reports", "2025-09-27"], fields: [("Accept", accept)])
    return response.status == 500 ? response.text : nil
  }

  @Test func `names operation, status, clause and pointer of a body that breaks its schema`() async throws {
    let api = TestAPI(report: { _ in .ok(.init(body: .json(Report(day: "yesterday", count: -1)))) })
    let found = try #require(try await failure(api))
    #expect(found.contains("getReport answered 200"))
    #expect(found.contains("contract.yaml#/paths/~1reports~1{day}/get/responses/200"))
    #expect(found.contains("/day: "))
    #expect(found.contains("(format)"))
    #expect(found.contains("/count: expected 0 or more (minimum)"))
  }

  @Test func `refuses text that breaks its schema`() async throws {
    let long = String(repeating: "x", count: 1001)
    let api = TestAPI(report: { _ in .ok(.init(body: .markdown(long))) })
    #expect(try await failure(api, accept: "text/markdown")?.contains("(maxLength)") == true)
  }

  @Test func `refuses a status that is not documented`() async throws {
    let api = TestAPI(report: { _ in throw ProblemDetails(.conflict, "No.") })
    #expect(try await failure(api)?.contains("the status 409 is not documented for this operation") == true)
  }

  @Test func `refuses another representation than the client prefers`() async throws {
    let api = TestAPI(report: { _ in .ok(.init(body: .markdown("#"))) })
    let found = try await failure(api, accept: "application/pdf")
    #expect(found?.contains("it is text/markdown, and the client prefers application/pdf") == true)
  }

  @Test func `lets pass what is refused before it comes to the handler, documented or not`() async throws {
    #expect(try await TestAPI().send("GET", ["reports", "no-date"]).status == 400)
  }

  @Test func `lets pass what the spec allows`() async throws {
    let api = TestAPI(report: { _ in throw ProblemDetails(.notAcceptable, "Not today.") })
    #expect(try await api.send("GET", ["reports", "2025-09-27"]).status == 406)
  }
}
