import CTHTTP
import CTJSON
import CTStore
import Synchronization
import Testing

@testable import CTImpl

/// The live tail, read as a browser reads it.
@Suite struct StreamTests {
  struct Message: Equatable {
    var id: Int
    var event: String
    var data: String
  }

  /// Takes pieces of a stream apart into messages and ids.
  struct Parser {
    private var rest = ""
    private(set) var lastID = ""
    private(set) var comments = 0

    mutating func messages(in piece: [UInt8]) -> [Message] {
      rest += String(decoding: piece, as: UTF8.self)
      var messages: [Message] = []
      while let end = rest.firstRange(of: "\n\n") {
        var message = Message(id: 0, event: "", data: "")
        for line in rest[..<end.lowerBound].split(separator: "\n") {
          if line.hasPrefix("id: ") { lastID = String(line.dropFirst(4)) }
          if line.hasPrefix("event: ") { message.event = String(line.dropFirst(7)) }
          if line.hasPrefix("data: ") { message.data += line.dropFirst(6) }
          if line.hasPrefix(":") { comments += 1 }
        }
        rest.removeSubrange(..<end.upperBound)
        message.id = Int(lastID) ?? -1
        if !message.data.isEmpty { messages.append(message) }
      }
      return messages
    }
  }

  private func open(
    _ origin: HTTPOrigin, after id: String? = nil, query: String = "", role: String = "maintainer"
  ) async throws -> HTTPClientStream {
    var fields: HTTPFields = ["Authorization": HTTPFieldValue(lossy: "Bearer DEV_TOKEN_\(role.uppercased())")]
    if let id { fields.append("Last-Event-ID", HTTPFieldValue(lossy: id)) }
    let url = URLParts(origin: origin, target: "/events/stream\(query)")
    return try await HTTPClient().stream(HTTPClientRequest(.get, url, fields: fields), idleTimeout: .seconds(10))
  }

  private func withServer(_ body: (TestTower, HTTPOrigin) async throws -> Void) async throws {
    try await TestTower.with { tower in
      let (server, origin) = try tower.listen()
      do { try await body(tower, origin) } catch {
        await server.shutdown(grace: .seconds(1))
        throw error
      }
      await server.shutdown(grace: .seconds(1))
    }
  }

  /// Reads until there are so many messages.
  private func read(_ stream: HTTPClientStream, _ count: Int, _ parser: inout Parser) async throws -> [Message] {
    var messages: [Message] = []
    for try await piece in stream.body {
      messages += parser.messages(in: piece)
      if messages.count >= count { break }
    }
    return messages
  }

  @Test func eventsComeAsTheyAreRecorded() async throws {
    try await withServer { tower, origin in
      _ = try await tower.store.append(record("evt_before"))
      let stream = try await open(origin)
      #expect(stream.status == .ok)
      #expect(stream.fields.value(of: "content-type") == "text/event-stream")
      _ = try await tower.store.append(record("evt_1", payload: "{\n\"total\":\r\n12.50}"))
      _ = try await tower.store.append(record("evt_2", type: "finance.payment.webhook"))
      var parser = Parser()
      let messages = try await read(stream, 2, &parser)
      #expect(messages.map(\.id) == [2, 3])
      #expect(messages.map(\.event) == ["finance.invoice.generated", "finance.payment.webhook"])
      let event = try JSONValue(parsing: Array(messages[0].data.utf8))
      #expect(event["eventId"]?.string == "evt_1" && event["payload"]?["total"]?.number?.lexeme == "12.50")
    }
  }

  /// Cut off again and again while events arrive: nothing is left out, nothing comes twice.
  @Test func lastEventIDGoesOnWithoutGapOrRepeat() async throws {
    try await withServer { tower, origin in
      let count = 1500
      let writing = Task {
        for number in 1...count { _ = try await tower.store.append(record("evt_\(number)")) }
      }
      var seen: [Int] = []
      var last = "0"
      while seen.count < count {
        var parser = Parser()
        let stream = try await open(origin, after: last)
        seen += try await read(stream, min(170, count - seen.count), &parser).map(\.id)
        last = parser.lastID
      }
      try await writing.value
      #expect(seen == Array(1...count))
    }
  }

  @Test func aFilteredStreamMovesItsIDOnAndHeartbeatsSayThatItLives() async throws {
    try await withServer { tower, origin in
      let stream = try await open(origin, after: "0", query: "?source=portal")
      for number in 1...5 { _ = try await tower.store.append(record("evt_\(number)")) }
      var parser = Parser()
      for try await piece in stream.body {
        #expect(parser.messages(in: piece).isEmpty)
        if parser.lastID == "5", parser.comments > 3 { break }
      }
    }
  }

  @Test func aViewerSeesNoPayload() async throws {
    try await withServer { tower, origin in
      _ = try await tower.store.append(record("evt_1"))
      var parser = Parser()
      let messages = try await read(try await open(origin, after: "0", role: "viewer"), 1, &parser)
      #expect(messages[0].data.contains("evt_1") && !messages[0].data.contains("payload"))
      #expect(try await open(origin, role: "finance").status == .forbidden)
    }
  }

  @Test(arguments: ["99", "-1", "x", "1234567890123456789"]) func aPlaceThatIsNotInTheLogIsRefused(id: String)
    async throws
  {
    try await withServer { tower, origin in
      _ = try await tower.store.append(record("evt_1"))
      #expect(try await open(origin, after: id).status == .badRequest)
    }
  }

  @Test func shutdownEndsStreams() async throws {
    try await TestTower.with { tower in
      let (server, origin) = try tower.listen()
      let stream = try await open(origin)
      // Far longer than any machine takes: a stream that is only cut when the grace is over makes this test hang.
      async let end: Void = server.shutdown(grace: .seconds(3600))
      do { for try await _ in stream.body {} } catch {}
      await end
      #expect(tower.tower.streams.load(ordering: .relaxed) == 0)
    }
  }

  /// A reader that takes nothing costs no memory and holds nobody up.
  @Test func aReaderThatDoesNotReadIsBounded() async throws {
    try await withServer { tower, origin in
      let stuck = try await open(origin, after: "0")
      let payload = #"{"note":""# + String(repeating: "x", count: 8000) + #""}"#
      for number in 1...1000 { _ = try await tower.store.append(record("evt_\(number)", payload: payload)) }
      var parser = Parser()
      let messages = try await read(try await open(origin, after: "990"), 10, &parser)
      #expect(messages.map(\.id) == Array(991...1000))
      // 8 MB were recorded; what the stuck reader takes at last is all of it.
      var late = Parser()
      #expect(try await read(stuck, 1000, &late).map(\.id) == Array(1...1000))
    }
  }
}
