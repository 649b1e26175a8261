import CTHTTP
import CTJSON
import CTStore
import Testing

/// What somebody sends who wants to do harm: it is refused, nothing of it is recorded, and the tower goes on.
@Suite struct HostileInputTests {
  private static let head =
    #"{"eventId":"evt_1","type":"system.heartbeat","ts":"2025-09-27T09:00:00Z","source":"portal""#

  private static func with(payload: String) -> String { "\(head),\"payload\":\(payload)}" }

  private static func times(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

  private static let bodies: [(label: String, body: String, status: Int)] = [
    ("nothing", "", 400), ("white space", " \n", 400), ("no object", "[]", 422), ("null", "null", 422),
    ("deep arrays", with(payload: #"{"x":"# + times("[", 130) + times("]", 130) + "}"), 400),
    ("a hundred thousand brackets", times("[", 100_000), 400),
    ("a hundred thousand objects", times(#"{"a":"#, 50_000), 400),
    ("a hundred thousand elements", with(payload: "{\"x\":[\(times("1,", 99_999))1]}"), 400),
    ("a hundred thousand strings", with(payload: "{\"x\":[\(times("\"\",", 79_999))\"\"]}"), 400),
    ("many empty arrays", with(payload: "{\"x\":[\(times("[],", 79_999))[]]}"), 400),
    ("a name twice", #"{"eventId":"evt_0",\#(head.dropFirst()),"payload":{}}"#, 400),
    ("a name twice, escaped", #"\#(head),"payload":{"a":1,"\u0061":2}}"#, 400),
    ("a name twice, deep down", with(payload: #"{"x":[{"a":{"b":1,"b":1}}]}"#), 400),
    ("a lone surrogate", with(payload: #"{"x":"\ud800"}"#), 400),
    ("surrogates the wrong way round", with(payload: #"{"x":"\udc00\ud800"}"#), 400),
    ("a lone surrogate in a name", with(payload: #"{"\udfff":1}"#), 400),
    ("NUL, escaped", with(payload: #"{"x":"a\u0000b"}"#), 400), ("NUL in a name", with(payload: #"{"\u0000":1}"#), 400),
    ("NUL, raw", with(payload: "{\"x\":\"\0\"}"), 400), ("NUL after the end", with(payload: "{}") + "\0", 400),
    ("a line break in a string", with(payload: "{\"x\":\"a\nb\"}"), 400),
    ("two values", with(payload: "{}") + "{}", 400), ("a comment", with(payload: "{} /* x */"), 400),
    ("a comma too many", with(payload: #"{"x":1,}"#), 400), ("single quotes", with(payload: "{'x':1}"), 400),
    ("a byte order mark", "\u{FEFF}" + with(payload: "{}"), 400),
    ("not a number", with(payload: #"{"x":NaN}"#), 400), ("infinity", with(payload: #"{"x":-Infinity}"#), 400),
    ("an exponent without end", with(payload: #"{"x":1e\#(times("9", 5000))}"#), 400),
    ("a huge exponent", with(payload: #"{"uptimeSeconds":1e999999999}"#), 400),
    ("a tiny one", with(payload: #"{"x":1e-999999999}"#), 400),
    ("a thousand digits", with(payload: #"{"x":\#(times("9", 1000))}"#), 400),
    ("beyond a declared bound", with(payload: #"{"uptimeSeconds":99999999999999999999999999}"#), 422),
    ("a fraction for an integer", with(payload: #"{"uptimeSeconds":1.5}"#), 422),
    ("hexadecimal", with(payload: #"{"x":0x10}"#), 400), ("a leading zero", with(payload: #"{"x":010}"#), 400),
    ("a payload that is none", with(payload: "[]"), 422), ("no payload", "\(head)}", 422),
    ("more at the top", "\(head),\"payload\":{},\"admin\":true}", 422),
    ("a time that is none", with(payload: "{}").replacing("2025-09-27T09", with: "2025-02-30T09"), 422),
    ("another type", with(payload: "{}").replacing("system.heartbeat", with: "system.heartbeat.x"), 422),
  ]

  @Test(arguments: bodies.indices) func refused(index: Int) async throws {
    let (label, body, status) = Self.bodies[index]
    try await ListeningTower.with { tower async throws in
      let response = try await tower.send(body: body)
      #expect(response.status.code == status, "\(label): \(String(decoding: response.body, as: UTF8.self).prefix(300))")
      #expect(response.body.count < 200_000, "\(label): the answer is \(response.body.count) bytes")
      #expect(try await tower.tower.store.tail(after: 0, limit: 1).isEmpty)
      #expect(try await tower.post("evt_after").status.code == 202)
    }
  }

  /// Bytes that are no UTF-8: overlong forms, surrogates, half characters.
  @Test(
    arguments: [[0xFF], [0xC0, 0x80], [0xE0, 0x80, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xC3]]
      as [[UInt8]])
  func noUTF8(bytes: [UInt8]) async throws {
    try await ListeningTower.with { tower async throws in
      let body = Array(Self.with(payload: #"{"x":"@"}"#).utf8)
      let place = try #require(body.firstIndex(of: UInt8(ascii: "@")))
      let response = try await tower.send(bytes: body[..<place] + bytes + body[(place + 1)...])
      #expect(response.status.code == 400)
    }
  }

  /// Every character that is not in the pattern, at the front, in the middle and at the end of an id; and long ones.
  @Test func idsWithEveryOddCharacter() async throws {
    try await ListeningTower.with { tower async throws in
      let allowed = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-".unicodeScalars)
      let odd =
        (1..<0x100).compactMap { Unicode.Scalar($0) }.filter { !allowed.contains($0) }
        + "\u{2028}\u{202E}\u{200B}\u{FEFF}\u{FFFD}\u{10FFFF}é日😀＠".unicodeScalars
      for scalar in odd {
        for id in ["\(scalar)evt", "e\(scalar)vt", "evt\(scalar)"] {
          var json: [UInt8] = []
          JSONWriter.append(string: id, to: &json)
          let body = Self.with(payload: "{}").replacing("\"evt_1\"", with: String(decoding: json, as: UTF8.self))
          #expect(try await tower.send(body: body).status.code == 422, "U+\(String(scalar.value, radix: 16))")
        }
      }
      for id in ["", ".evt", "-evt", ":evt", "_evt", Self.times("x", 129)] {
        let body = Self.with(payload: "{}").replacing("evt_1", with: id)
        #expect(try await tower.send(body: body).status.code == 422, "\(id)")
      }
      #expect(try await tower.tower.store.tail(after: 0, limit: 1).isEmpty)
      for id in ["a", "0", "a.b_c:d-e", Self.times("x", 128)] {
        #expect(try await tower.post(id).status.code == 202, "\(id)")
      }
    }
  }

  /// Sixty-four at once under one id, half of them with another body: one is recorded, everybody gets the same answer again.
  @Test func sixtyFourConnectionsWithOneId() async throws {
    try await ListeningTower.with { tower async throws in
      let answers = try await withThrowingTaskGroup(of: (version: Int, receipt: JSONValue).self) { group in
        for number in 0..<64 {
          group.addTask {
            let response = try await tower.post("evt_1", payload: #"{"uptimeSeconds":\#(number % 2)}"#)
            return (number % 2, try JSONValue(parsing: response.body))
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      let accepted = answers.filter { $0.receipt["status"]?.string == "accepted" }
      #expect(answers.count == 64 && accepted.count == 1)
      let first = try #require(accepted.first?.version)
      for answer in answers where answer.receipt["status"]?.string == "duplicate" {
        #expect(answer.receipt["bodyMatches"]?.bool == (answer.version == first))
      }
      let log = try await tower.tower.store.tail(after: 0, limit: 10)
      #expect(log.count == 1)
      #expect(String(decoding: log[0].record.payload, as: UTF8.self) == #"{"uptimeSeconds":\#(first)}"#)
    }
  }

  /// An id is known for ever: also when retention has removed its event.
  @Test func anIdIsKnownAfterRetention() async throws {
    try await ListeningTower.with { tower async throws in
      #expect(try await tower.post("evt_1").status.code == 202)
      _ = try await tower.tower.store.systems(asOf: tower.tower.time.now)
      tower.tower.time.advance(seconds: 86_400)
      let report = try await tower.tower.store.expire(before: tower.tower.time.now, pause: .zero) { _ in }
      #expect(report.removed == 1)
      #expect(try await tower.get("/events/evt_1").status == .notFound)
      for (payload, matches) in [("{}", true), (#"{"uptimeSeconds":1}"#, false)] {
        let receipt = try JSONValue(parsing: try await tower.post("evt_1", payload: payload).body)
        #expect(receipt["status"]?.string == "duplicate" && receipt["bodyMatches"]?.bool == matches)
      }
      #expect(try await tower.tower.store.tail(after: 0, limit: 1).isEmpty)
    }
  }
}
