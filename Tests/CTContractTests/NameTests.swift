import CTJSON
import CTRuntime
import Testing

/// `names.schema.json` and the operations under `/names` call things by all names that mean something else in Swift. That
/// this target compiles is half of the test.
@Suite struct NameTests {
  private static let members: [JSONValue.Member] = {
    guard case .object(let members)? = try? JSONValue(parsing: example().json()) else { return [] }
    return members
  }()

  /// Of each property whatever its type allows.
  private static func example() throws -> HostileNames {
    let types: [JSONValue] = [.string("x"), .number(1), .bool(true), .number(JSONNumber("1.50")!)]
    let members = Interpreter.properties(of: "names").enumerated().map {
      JSONValue.Member(key: $1, value: types[$0 % 4])
    }
    return try HostileNames(json: JSONWriter.write(.object(members)))
  }

  @Test func `every name is read and written as it is`() throws {
    let value = try Self.example()
    #expect(Self.members.map { Array($0.key.utf8) } == Interpreter.properties(of: "names").map { Array($0.utf8) })
    #expect(try HostileNames(json: value.json()) == value)
    _ = (value._self, value._init, value._hashValue)
  }

  @Test func `names that differ only in how an accent is written are two`() throws {
    let composed = Interpreter.properties(of: "names").filter { $0 == "é" }
    #expect(composed.count == 2)
    #expect(Set(Values.allCases.filter { $0.rawValue == "é" }).count == 2)
  }

  @Test func `every value of an enum is a case of its own`() throws {
    #expect(Values.allCases.count == Interpreter.properties(of: "names").count)
    for value in Values.allCases { #expect(try Values(json: value.json()) == value) }
    // "Self" comes first.
    #expect(Values._self.rawValue == "Self" && Values._self2.rawValue == "self")
    #expect(Values._allCases.rawValue == "allCases")
  }

  @Test func `operations, parameters and headers are called by any name`() async throws {
    let api = TestAPI(names: { input in
      #expect(input._self == "s" && input.in == 7 && input._body == "b" && input._request == "r" && input._init == "i")
      #expect(input.aB == "1" && input.aB2 == "2" && input.client == "c" && input.xBody == "h")
      return .ok(
        .init(
          fields: "f", audience: "a", _self: "s", _body: "b", response: "r", decode: nil, client: "c",
          body: .plain("all")))
    })
    let output = try await api.client._self(
      _self: "s", in: 7, _body: "b", _request: "r", client: "c", _init: "i", aB: "1", aB2: "2", xBody: "h",
      accepting: [.plain])
    guard case .ok(let ok) = output, case .plain("all") = ok.body else {
      Issue.record("\(output)")
      return
    }
    #expect(ok.fields == "f" && ok._self == "s" && ok._body == "b" && ok.response == "r" && ok.client == "c")
  }

  @Test func `a body with such names goes there and back`() async throws {
    let value = try Self.example()
    let answer = try await TestAPI().send("POST", ["names", "0"], body: String(decoding: value.json(), as: UTF8.self))
    #expect(answer.status == 200, "\(answer.text)")
    guard case .ok(let ok) = try await TestAPI().client._init(body: value) else { throw Unexpected() }
    #expect(ok.body == value)
  }

  private struct Unexpected: Error {}
}
