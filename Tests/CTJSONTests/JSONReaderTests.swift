import CTJSON
import Testing

/// The reader accepts RFC 8259, and nothing else.
@Suite struct JSONReaderTests {
  @Test(arguments: [
    "null", "true", "false", "0", "-0", "12", "-12.5e+3", "1E-2", "\"\"", "\"a\"", "[]", "[ ]", "{}", " { } ", "[1,2]",
    "[[[]]]", "{\"a\":{\"b\":[null]}}", "\t\r\n 1 \n", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\u00e9\\ud83d\\ude00\"",
    "\"é€😀\"", "\"\u{7f}\"", "{\"\":0}", "{\"a\":1,\"A\":2}",
  ])
  func `accepts what is JSON`(text: String) throws {
    _ = try JSONValue(parsing: Array(text.utf8))
  }

  @Test(
    arguments: [
      ("", .unexpectedEnd, 0), ("  ", .unexpectedEnd, 2), ("nul", .unexpectedByte, 0), ("nulll", .trailingBytes, 4),
      ("1 2", .trailingBytes, 2), ("01", .invalidNumber, 0), ("-", .unexpectedEnd, 0), ("1.", .unexpectedEnd, 0),
      (".5", .unexpectedByte, 0), ("+1", .unexpectedByte, 0), ("1e", .unexpectedEnd, 0), ("NaN", .unexpectedByte, 0),
      ("[1,]", .unexpectedByte, 3), ("[1 2]", .unexpectedByte, 3), ("[,1]", .unexpectedByte, 1),
      ("[1", .unexpectedEnd, 2),
      ("{\"a\"}", .unexpectedByte, 4), ("{\"a\":}", .unexpectedByte, 5), ("{a:1}", .unexpectedByte, 1),
      ("{\"a\":1,}", .unexpectedByte, 7), ("{\"a\":1 \"b\":2}", .unexpectedByte, 7), ("[1}", .unexpectedByte, 2),
      ("\"a", .unexpectedEnd, 2), ("\"\\x\"", .invalidEscape, 1), ("\"\\u12g4\"", .invalidEscape, 1),
      ("\"\\ud800\"", .loneSurrogate, 1), ("\"\\udc00\"", .loneSurrogate, 1), ("\"\\ud800\\u0041\"", .loneSurrogate, 1),
      ("\"\n\"", .controlCharacter, 1), ("{\"a\":1,\"a\":2}", .duplicateName, 7),
      ("{\"a\":1,\"\\u0061\":2}", .duplicateName, 7),
      ("'a'", .unexpectedByte, 0), ("// c\n1", .unexpectedByte, 0), ("\u{feff}1", .unexpectedByte, 0),
    ] as [(String, JSONSyntaxError.Reason, Int)])
  func `refuses what is not, and says where`(text: String, reason: JSONSyntaxError.Reason, offset: Int) {
    #expect(throws: JSONSyntaxError(reason, at: offset)) { try JSONValue(parsing: Array(text.utf8)) }
  }

  @Test(
    arguments: [
      [0xFF], [0xC0, 0xAF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xC3], [0x80],
    ] as [[UInt8]])
  func `refuses what is not UTF-8`(bytes: [UInt8]) {
    let text = [UInt8(ascii: "\"")] + bytes + [UInt8(ascii: "\"")]
    #expect(throws: JSONSyntaxError(.invalidUTF8, at: 1)) { try JSONValue(parsing: text) }
  }

  @Test func `refuses a text that is too deep, and takes one that just is not`() throws {
    func nested(_ depth: Int) -> [UInt8] {
      Array(repeating: UInt8(ascii: "["), count: depth) + Array(repeating: UInt8(ascii: "]"), count: depth)
    }
    _ = try JSONValue(parsing: nested(128))
    #expect(throws: JSONSyntaxError(.tooDeep, at: 128)) { try JSONValue(parsing: nested(129)) }
    #expect(throws: JSONSyntaxError(.tooDeep, at: 128)) { try JSONValue(parsing: nested(1_000_000)) }
  }

  @Test(arguments: [2, 24, 25, 26, 100, 20_000])
  func `finds a repeated name among any number of names`(count: Int) {
    let names = (0..<count).map { "\"name_number_\($0)\":\($0)" }
    let text = "{" + names.joined(separator: ",") + ",\"name_number_0\":0}"
    #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: Array(text.utf8)) }
    #expect(throws: Never.self) { try JSONValue(parsing: Array("{\(names.joined(separator: ","))}".utf8)) }
  }

  @Test func `takes equal names in different objects`() throws {
    _ = try JSONValue(parsing: Array("{\"a\":{\"a\":1},\"b\":[{\"a\":1},{\"a\":2}]}".utf8))
  }

  @Test func `gives strings as they are meant`() throws {
    let value = try JSONValue(parsing: Array("\"a\\u00e9\\n\\ud83d\\ude00é\\/\"".utf8))
    #expect(value.string == "aé\n😀é/")
  }

  @Test(
    arguments: [
      ("0", 0), ("-0", 0), ("42", 42), ("-42", -42), ("9223372036854775807", .max), ("-9223372036854775808", .min),
      ("9223372036854775808", nil), ("-9223372036854775809", nil), ("1.0", nil), ("1e2", nil),
    ] as [(String, Int64?)])
  func `tells small integers at once`(text: String, expected: Int64?) {
    let value = JSONReader.read(Array(text.utf8)) { json in json.readNumber()?.int64 }
    #expect(value == expected)
  }

  @Test func `counts code points`() {
    let count = JSONReader.read(Array("\"aé€😀\"".utf8)) { json in json.readString().map { json.scalarCount($0) } }
    #expect(count == 4)
  }
}

/// Going back and reading again gives the same.
@Suite struct JSONReaderRewindTests {
  @Test(arguments: ["type", "a", "b\\u0063", "missing"])
  func `looks ahead for a member and goes back`(name: String) throws {
    let text = "{\"a\":[1,{\"type\":\"inner\"}],\"bc\":\"x\\ty\",\"type\":\"outer\"}"
    let names: [String: StaticString] = ["type": "type", "a": "a", "b\\u0063": "bc", "missing": "missing"]
    let expected: [String: String] = ["type": "outer", "b\\u0063": "x\ty"]
    try JSONReader.read(Array(text.utf8)) { json throws in
      let found = json.peekMember(names[name]!).map { json.string($0) }
      #expect(found == expected[name])
      #expect(JSONValue(reading: &json) == (try JSONValue(parsing: Array(text.utf8))))
      json.finish()
      #expect(json.syntaxError == nil)
    }
  }

  @Test func `sees a repeated name also after it went back`() {
    let names = (0..<40).map { "\"n\($0)\":0" }.joined(separator: ",")
    JSONReader.read(Array("{\"o\":{\(names)},\"p\":{\(names),\"n3\":1}}".utf8)) { json in
      let start = json.bookmark()
      _ = json.peekMember("missing")
      #expect(json.syntaxError?.reason == .duplicateName)
      json.rewind(to: start)
      #expect(json.peek() == nil)
    }
  }
}

/// A seeded walk over damaged texts: an error or a value, never a trap or a loop.
@Suite struct JSONReaderMutationTests {
  @Test func `ends on any bytes`() {
    let seed = UInt64.random(in: 0...UInt64.max)
    print("seed \(seed)")
    var random = SeededGenerator(seed: seed)
    let source = Array("{\"a\":[1,-2.5e3,\"x\\u00e9\\ud83d\\ude00é\",{\"b\":null,\"c\":true}],\"d\":\"\\n\"}".utf8)
    for _ in 0..<20_000 {
      var bytes = source
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        default: bytes.insert(source.randomElement(using: &random)!, at: place)
        }
      }
      if let value = try? JSONValue(parsing: bytes) {
        #expect(try! JSONValue(parsing: JSONWriter.write(value)) == value)
      }
    }
  }
}

/// SplitMix64 (Steele, Lea, Flood 2014): a run is repeated by its seed.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
