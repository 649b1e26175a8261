import CTRuntime
import Testing

/// `readOnly` properties are only answered, `writeOnly` ones only sent.
@Suite struct DirectionTests {
  private static let api = TestAPI(account: { input in
    #expect(input.body.password == "secret")
    return .ok(.init(body: Account(id: 7, name: input.body.name, password: input.body.password)))
  })

  @Test func `neither side sends what is not for the other`() async throws {
    let account = Account(id: 1, name: "Ada", password: "secret")
    guard case .ok(let ok) = try await Self.api.client.openAccount(body: account) else { throw Unexpected() }
    #expect(ok.body == Account(id: 7, name: "Ada"))
  }

  @Test(arguments: [
    (#"{"name":"Ada"}"#, "", "required"), (#"{"id":1,"name":"Ada","password":"secret"}"#, "/id", "readOnly"),
    (#"{"name":"Ada","password":"x"}"#, "/password", "minLength"),
  ])
  func `refuses in requests what only answers have`(body: String, pointer: String, keyword: String) async throws {
    let response = try await Self.api.send("POST", ["accounts"], body: body)
    #expect(response.status == 422)
    #expect(response.text.contains(#"{"pointer":"\#(pointer)","keyword":"\#(keyword)""#), "\(response.text)")
  }

  @Test func `an answer has to have what only answers have`() async throws {
    let api = TestAPI(account: { _ in .ok(.init(body: Account(name: "Ada"))) })
    let response = try await api.send("POST", ["accounts"], body: #"{"name":"Ada","password":"secret"}"#)
    #expect(response.status == 500)
    #expect(response.text.contains("\\\"id\\\" is missing"), "\(response.text)")
  }

  private struct Unexpected: Error {}
}
