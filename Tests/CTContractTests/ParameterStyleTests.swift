import CTHTTP
import CTJSON
import CTRuntime
import Testing

/// Arrays and objects as parameters, in every style (OpenAPI 3.1, section 4.8.12.4).
@Suite struct ParameterStyleTests {
  private static let api = TestAPI(styles: { input in
    let lists = [input.label, input.flat ?? [], input.spaced ?? [], input.piped ?? [], input.xNumbers ?? []]
    let colors = [input.matrix, input.simple, input.deep].map { $0.map { "\($0.r)/\($0.name ?? "-")" } ?? "nil" }
    let text =
      lists.map { $0.map(\.lexeme).joined(separator: "+") } + colors
      + [
        (input.tags ?? []).joined(separator: "+"), "\(input.open?.least ?? -1)..\(input.open?.most ?? -1)",
        "\(input.one)",
      ]
    return .ok(.init(xSum: JSONNumber("7.5")!, xNumbers: input.label, body: text.joined(separator: " ")))
  })

  @Test func `a client sends every style, and the server reads it`() async throws {
    let numbers = [JSONNumber("1")!, JSONNumber("2.50")!]
    let output = try await Self.api.client.readStyles(
      label: [JSONNumber("3")!, JSONNumber("4")!], matrix: Color(r: 5, name: "a,b;c"), simple: Color(r: 6, name: "é d"),
      one: 7, tags: ["x y", "a&b"], flat: numbers, spaced: numbers, piped: numbers, deep: Color(r: 8),
      open: Limits(least: 9, most: 10), xNumbers: numbers)
    guard case .ok(let ok) = output else { throw Unexpected() }
    #expect(
      ok.body
        == "3+4 1+2.50 1+2.50 1+2.50 1+2.50 5/a,b;c 6/é d 8/- x y+a&b 9..10 7")
    #expect(ok.xSum == JSONNumber("7.5"))
    #expect(ok.xNumbers?.map(\.lexeme) == ["3", "4"])
  }

  @Test(arguments: [
    ("/styles/.1/;matrix=r,2/r=3/;one=4", "1     2/- 3/- nil  -1..-1 4"),
    ("/styles/.1.2/;matrix=name,x,r,2/r=3,name=y/;one=4?tags=a&tags=b", "1+2     2/x 3/y nil a+b -1..-1 4"),
    (
      "/styles/.1/;matrix=r,2/r=3/;one=4?spaced=1%202+3&piped=1|2%7c3&flat=1,2",
      "1 1+2 1+2+3 1+2+3  2/- 3/- nil  -1..-1 4"
    ),
    ("/styles/.1/;matrix=r,2/r=3/;one=4?deep[r]=1&deep%5Bname%5D=n&least=5", "1     2/- 3/- 1/n  5..-1 4"),
  ])
  func `reads what others write`(target: String, expected: String) async throws {
    let response = try await answer(target)
    #expect(response.status == 200)
    #expect(response.text == expected)
  }

  @Test(arguments: [
    ("/styles/1/;matrix=r,2/r=3/;one=4", "/path/label", "style"),
    ("/styles/.x/;matrix=r,2/r=3/;one=4", "/path/label/0", "type"),
    ("/styles/.1.-2/;matrix=r,2/r=3/;one=4", "/path/label/1", "minimum"),
    ("/styles/.1/matrix=r,2/r=3/;one=4", "/path/matrix", "style"),
    ("/styles/.1/;matrix=r/r=3/;one=4", "/path/matrix", "style"),
    ("/styles/.1/;matrix=name,x/r=3/;one=4", "/path/matrix", "required"),
    ("/styles/.1/;matrix=r,2/r=3,r=4/;one=4", "/path/simple", "repeated"),
    ("/styles/.1/;matrix=r,2/r=3,s=4/;one=4", "/path/simple/s", "additionalProperties"),
    ("/styles/.1/;matrix=r,2/r=3/;one=x", "/path/one", "type"),
    ("/styles/.1/;matrix=r,2/r=3/;one=4?tags=a&tags=b&tags=c&tags=d", "/query/tags", "maxItems"),
    ("/styles/.1/;matrix=r,2/r=3/;one=4?flat=1,]", "/query/flat/1", "type"),
    ("/styles/.1/;matrix=r,2/r=3/;one=4?flat=1&flat=2", "/query/flat", "repeated"),
    ("/styles/.1/;matrix=r,2/r=3/;one=4?deep[x]=1", "/query/deep[x]", "unknown"),
    ("/styles/.1/;matrix=r,2/r=3/;one=4?deep[name]=n", "/query/deep", "required"),
    ("/styles/.1/;matrix=r,2/r=3/;one=4?open=1", "/query/open", "unknown"),
  ])
  func `says where a part is wrong`(target: String, pointer: String, keyword: String) async throws {
    let response = try await answer(target)
    #expect(response.status == 400)
    #expect(response.text.contains(#"{"pointer":"\#(pointer)","keyword":"\#(keyword)""#), "\(response.text)")
  }

  private func answer(_ target: String) async throws -> ClientResponse {
    let head = try HTTPRequestHead(method: .get, target: target)
    guard case .accept(let admitted, _) = Self.api.handler.admit(head) else { throw Unexpected() }
    let response = await Self.api.handler.respond(to: HTTPRequest(head: head), admitted: admitted)
    guard case .bytes(let body) = response.body else { throw Unexpected() }
    return ClientResponse(status: response.status.code, fields: response.fields, body: body)
  }

  private struct Unexpected: Error {}
}
