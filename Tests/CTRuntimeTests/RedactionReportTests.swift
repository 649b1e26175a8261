import CTJSON
import Testing

@testable import CTRuntime

/// What is noted about redactions: rule, place and count, small whatever the text, and nothing of the values.
@Suite struct RedactionReportTests {
  /// Finds the words that begin with "pii".
  private struct Finder: Redactor {
    func replacement(for rule: RedactionRule, value: UnsafeBufferPointer<UInt8>) -> [UInt8] { Array("\"#\"".utf8) }

    func inspect(name: UnsafeBufferPointer<UInt8>, text: UnsafeBufferPointer<UInt8>) -> InspectedText? {
      let words = String(decoding: text, as: UTF8.self).split(separator: " ").filter { $0.hasPrefix("pii") }
      return words.isEmpty ? nil : InspectedText(text: Array("#".utf8), detectors: words.map(String.init))
    }
  }

  private func notes(_ text: String) throws -> [RedactionNote] {
    try JSONReader.read(Array(text.utf8)) { json throws in
      var context = ValidationContext(redactor: Finder())
      context.skipUnknown(&json, name: nil)
      let notes = context.redactionNotes(json)
      try context.finish(&json)
      return notes
    }
  }

  private func brief(_ text: String) throws -> [String] {
    try notes(text).map { "\($0.rule) \($0.pointer) \($0.count)" }
  }

  @Test(arguments: [
    (#"{"a":1,"b":["x",{}]}"#, []),
    (#"{"a":"pii"}"#, ["pii /a 1"]),
    (#"{"a":"pii1 pii2 pii1"}"#, ["pii1 /a 2", "pii2 /a 1"]),
    (#"{"a":{"b":["x","pii","pii"]},"c":"pii"}"#, ["pii /a/b/* 2", "pii /c 1"]),
    (#"[[{"a":"pii"}],[{"a":"pii"}]]"#, ["pii /*/*/a 2"]),
    (#"{"a/b":{"~":"pii"}}"#, ["pii /a~1b/~0 1"]),
    (#" { "\u0061" : "pii" } "#, ["pii /a 1"]),
    (#""pii""#, ["pii  1"]),
  ])
  func `places and counts`(text: String, expected: [String]) throws { #expect(try brief(text) == expected) }

  /// A member's name that is personal data itself is not told by its pointer, nor by those of what it holds.
  @Test func `names that are redacted`() throws {
    #expect(try brief(#"{"x":{"pii":{"a":"pii2"}}}"#) == ["pii /x/# 1", "pii2 /x/#/a 1"])
  }

  @Test func `what is marked counts once, whatever is in it`() throws {
    let text = #"{"keep":"x","gone":{"a":"pii"},"last":"pii"}"#
    let notes = try JSONReader.read(Array(text.utf8)) { json throws in
      var context = ValidationContext(redactor: Finder())
      json.beginObject()
      while let member = json.nextMember() {
        let (memberStart, start) = (json.memberOffset, json.valueStart())
        context.skipUnknown(&json, name: member)
        if json.equals(member, "gone") { context.redact(member: memberStart, at: start, &json) }
      }
      return context.redactionNotes(json)
    }
    #expect(
      notes == [
        RedactionNote(rule: "drop", pointer: "/gone", count: 1), RedactionNote(rule: "pii", pointer: "/last", count: 1),
      ])
  }

  @Test func `a report stays small`() throws {
    let members = (0..<500).map { "\"m\($0)\":\"pii\($0 % 2)\"" }.joined(separator: ",")
    let notes = try notes("{\(members)}")
    #expect(notes.count == RedactionReport.maximumCount + 2)
    #expect(notes.map(\.count).reduce(0, +) == 500)
    #expect(notes.suffix(2).map(\.pointer) == ["", ""])
  }

  @Test func `a place that is too deep is told by what contains it`() throws {
    let long = String(repeating: "x", count: 200)
    #expect(try brief(#"{"a":{"\#(long)":{"\#(long)":"pii"}}}"#) == ["pii /a/\(long) 1"])
    #expect(try brief(#"{"\#(long)\#(long)":"pii"}"#) == ["pii  1"])
  }
}
