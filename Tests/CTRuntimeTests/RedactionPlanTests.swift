import CTJSON
import Testing

@testable import CTRuntime

/// What is cut out of a text leaves JSON behind.
@Suite struct RedactionPlanTests {
  /// Marks every member called `d*` to be dropped and every one called `m*` to be masked.
  private func redact(_ text: String) throws -> String {
    try JSONReader.read(Array(text.utf8)) { json throws in
      var context = ValidationContext(redactor: Mask())
      Self.walk(&json, &context)
      let result = context.redacted(0..<json.offset, json)
      try context.finish(&json)
      return String(decoding: result, as: UTF8.self)
    }
  }

  private static func walk(_ json: inout JSONReader, _ context: inout ValidationContext) {
    guard json.peek() == .object else { return json.skipValue() }
    json.beginObject()
    while let member = json.nextMember() {
      let memberStart = json.memberOffset
      let start = json.valueStart()
      walk(&json, &context)
      switch json.string(member).first {
      case "d": context.redact(member: memberStart, at: start, &json)
      case "m": context.redact(.mask, at: start, &json)
      default: break
      }
    }
  }

  @Test(arguments: [
    ("{\"a\":1}", "{\"a\":1}"), ("{\"d\":1}", "{}"), ("{ \"d\" : 1 }", "{ }"), ("{\"d\":1,\"a\":2}", "{\"a\":2}"),
    ("{\"a\":1,\"d\":2}", "{\"a\":1}"), ("{\"a\":1 , \"d\":2 , \"b\":3}", "{\"a\":1  , \"b\":3}"),
    ("{\"d1\":1,\"d2\":2}", "{}"), ("{\"d1\":1,\"d2\":2,\"a\":3}", "{\"a\":3}"),
    ("{\"a\":0,\"d1\":1,\"d2\":2}", "{\"a\":0}"), ("{\"d1\":1,\"a\":0,\"d2\":2}", "{\"a\":0}"),
    ("{\"m\":{\"d\":1,\"m\":2}}", "{\"m\":\"***\"}"), ("{\"d\":{\"m\":1},\"a\":{\"m\":2}}", "{\"a\":{\"m\":\"***\"}}"),
    ("{\"\\u0064\":1,\"a\":2}", "{\"a\":2}"),
  ])
  func `removes members with their commas`(text: String, expected: String) throws {
    let result = try redact(text)
    #expect(result == expected)
    _ = try JSONValue(parsing: Array(result.utf8))
  }

  private struct Mask: Redactor {
    func replacement(for rule: RedactionRule, value: UnsafeBufferPointer<UInt8>) -> [UInt8] { Array("\"***\"".utf8) }
    func inspect(name: UnsafeBufferPointer<UInt8>, text: UnsafeBufferPointer<UInt8>) -> InspectedText? { nil }
  }
}
