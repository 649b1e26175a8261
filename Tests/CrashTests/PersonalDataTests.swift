import CTCrypto
import CTHTTP
import CTJSON
import CTStore
import Glibc
import Testing

/// Personal data of every kind is sent to a real tower in every place where somebody could put it. Then every file that the
/// tower has, its log, and everything that can be read from it are searched for it.
@Suite(.serialized) struct PersonalDataTests {
  @Test func nothingOfItIsEverFound() async throws {
    let directory = DataDirectory()
    try await plantLetter(directory)
    let first = try TowerProcess(data: directory.path)
    defer { first.kill() }
    let sender = Sender(origin: try await first.origin())
    // What a search must find shows that it searches.
    try await sender.event("evt_canary", #"{"canary":"tell-me-when-you-see-me"}"#, expecting: 202)
    try await sendAccepted(sender)
    try await sendRefused(sender)
    var readable = try await readEverything(sender)
    search(directory, readable)
    // Also what recovery from a kill makes of the files.
    first.kill()
    let second = try TowerProcess(data: directory.path)
    defer { second.kill() }
    readable = try await readEverything(Sender(origin: try await second.origin()))
    // And what is made of the log, unpacked.
    try TowerProcess.command(["export", "--data", directory.path, "--out", directory.path + "/export"])
    try TowerProcess.command(["backup", "--data", directory.path])
    let unpack = #"gzip -dc <"$1" >"$1.plain" 2>/dev/null || rm "$1.plain""#
    try TowerProcess.run(["find", directory.path, "-type", "f", "-exec", "sh", "-c", unpack, "_", "{}", ";"])
    search(directory, readable)
    let unpacked = directory.files.filter { $0.hasSuffix(".plain") }
    for folder in ["export/", "artifacts/"] {
      let isSearched = unpacked.contains {
        $0.hasPrefix(folder) && Self.finds("tell-me-when-you-see-me", in: directory.contents(of: $0) ?? [])
      }
      #expect(isSearched, "\(folder)")
    }
  }

  // MARK: What is sent

  private func sendAccepted(_ sender: Sender) async throws {
    for (number, payload) in Plants.payloads.enumerated() {
      try await sender.event("evt_\(number)", payload, expecting: 202)
    }
    for (type, source, payload) in Plants.declared {
      try await sender.event("evt_\(type)", payload, type: type, source: source, expecting: 202)
    }
    for id in Plants.ids {
      try await sender.event(id, "{}", correlation: id, expecting: 202)
      let fix = #"{"originalEventId":"\#(id)","reason":"\#(Plants.sentence)","changes":{"email":"\#(Plants.email)"}}"#
      try await sender.event("fix_\(id.hashValue.magnitude)", fix, type: "event.corrected", expecting: 202)
      // Another body under the same id, which is not stored.
      try await sender.event(id, #"{"note":"\#(Plants.sentence)"}"#, expecting: 202)
    }
  }

  private func sendRefused(_ sender: Sender) async throws {
    let email = Plants.email
    try await sender.event("evt_x", #"{"name":"\#(Plants.name)"}"#, type: email, expecting: 422)
    try await sender.event(email, "{}", expecting: 422)
    try await sender.event("evt_x", #""\#(Plants.sentence)""#, expecting: 422)
    try await sender.event("evt_x", "{}", source: email, expecting: 422)
    try await sender.post(#"{"\#(email)":"\#(Plants.sentence)""#, expecting: 400)
    try await sender.post(#"{"eventId":"evt_x","\#(email)":1,"\#(email)":2}"#, expecting: 400)
    try await sender.post("\(Plants.sentence)\(String(repeating: " ", count: 300_000))", expecting: 413)
    try await sender.post("{}", fields: [("Content-Type", email)], expecting: 415)
    try await sender.post(
      Plants.event("evt_x", #"{"x":"\#(email)"}"#), fields: [("X-CT-Signature", email)], expecting: 401)
    try await sender.post("{}", fields: [("Authorization", "Bearer \(email)")], expecting: 401)
    try await sender.post(
      Plants.event("evt_heads", "{}"),
      fields: [("User-Agent", email), ("X-Forwarded-For", "81.2.69.142"), ("Cookie", "sid=hunter2plant")],
      expecting: 202)
    for target in [
      "/\(email)", "/events/\(email)", "/events?source=\(email)", "/events?correlationId=\(Plants.phoneDigits)",
      "/events?\(email)=1", "/events?cursor=\(Plants.phoneDigits)", "/dlq/\(email)", "/systems?email=\(email)",
      "/health?phone=\(Plants.phoneDigits)", "/events/\(Plants.phoneDigits)",
    ] {
      _ = try await sender.get(target)
      _ = try await sender.get(target, token: email)
    }
    _ = try await sender.get("/events/stream", fields: ["Last-Event-ID": HTTPFieldValue(lossy: email)])
    try await sender.post(
      #"{"by":"\#(email)","reason":"\#(Plants.sentence)"}"#, to: "/dlq/\(Self.letter)/tombstone", expecting: 200)
    try await sender.post(
      #"{"correlationId":"\#(Plants.phoneDigits)","by":"\#(email)","reason":"\#(Plants.sentence)"}"#, to: "/holds",
      expecting: 201)
    try await sender.post(
      #"{"contractId":"\#(Plants.phoneDigits)"}"#, to: "/triggers/contract.regenerate", expecting: 404)
  }

  private static let letter = "dlq_000640b1e2c3d4005f3a9c01"

  private func plantLetter(_ directory: DataDirectory) async throws {
    let store = try await SQLiteStore.open(directory: directory.path)
    let now = Timestamp(microseconds: 1_758_967_200_000_000)
    let letter = DeadLetter(
      id: Self.letter, kind: "projection.systems", payload: Array("{}".utf8), eventId: nil, error: "failed",
      attempts: 8,
      firstFailedAt: now, deadAt: now)
    _ = try await store.commit([.put(letter.key, body: letter.json)])
    await store.close()
  }

  // MARK: What is searched

  private func readEverything(_ sender: Sender) async throws -> [String: [UInt8]] {
    var readable: [String: [UInt8]] = [:]
    for target in ["/events?limit=1000", "/dlq", "/dlq/\(Self.letter)", "/systems", "/health", "/readyz", "/livez"] {
      readable[target] = try await sender.get(target).body
    }
    for id in Plants.ids { readable["/events/\(id)"] = try await sender.get("/events/\(id)").body }
    let list = try #require(readable["/events?limit=1000"])
    let count = try #require(try JSONValue(parsing: list).elements?.count)
    readable["the live tail"] = try await sender.stream(messages: count)
    return readable
  }

  private func search(_ directory: DataDirectory, _ readable: [String: [UInt8]]) {
    var places = readable
    for name in directory.files { places[name] = directory.contents(of: name) }
    #expect(places["tower.db-wal"] != nil && places["log"]?.isEmpty == false)
    let canary = places.filter { Self.finds("tell-me-when-you-see-me", in: $0.value) }.keys
    #expect(canary.contains("/events?limit=1000") && canary.contains { $0.hasPrefix("tower.db") })
    for (place, bytes) in places.sorted(by: { $0.key < $1.key }) {
      for plant in Plants.mustNotBeFound where Self.finds(plant, in: bytes) {
        Issue.record("\(place) has “\(plant)”\(Self.surroundings(of: plant, in: bytes))")
      }
    }
  }

  private static func place(of text: String, in bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBytes { bytes in
      let text = Array(text.utf8)
      guard let base = bytes.baseAddress else { return nil }
      var start = 0
      while start + text.count <= bytes.count, let found = memchr(base + start, Int32(text[0]), bytes.count - start) {
        let place = UnsafeRawPointer(found) - base
        if place + text.count <= bytes.count, memcmp(found, text, text.count) == 0 { return place }
        start = place + 1
      }
      return nil
    }
  }

  private static func finds(_ text: String, in bytes: [UInt8]) -> Bool { place(of: text, in: bytes) != nil }

  private static func surroundings(of text: String, in bytes: [UInt8]) -> String {
    guard let place = place(of: text, in: bytes) else { return "" }
    return ": " + String(decoding: bytes[max(0, place - 80)..<min(bytes.count, place + 80)], as: UTF8.self)
  }
}

/// Sends to one tower.
private struct Sender {
  let origin: HTTPOrigin
  let client = HTTPClient()
  private static let secret = HMACKey("replace-with-CT_WEBHOOK_SECRET".utf8)

  init(origin: HTTPOrigin) { self.origin = origin }

  func event(
    _ id: String, _ payload: String, type: String = "system.heartbeat", source: String = "portal",
    correlation: String? = nil, expecting status: Int
  ) async throws {
    try await post(
      Plants.event(id, payload, type: type, source: source, correlation: correlation), expecting: status)
  }

  func post(
    _ body: String, to target: String = "/events", fields: [(HTTPFieldName, String)] = [], expecting status: Int
  ) async throws {
    var all: HTTPFields = ["Authorization": "Bearer DEV_TOKEN_OWNER", "Content-Type": "application/json"]
    all.set("X-CT-Signature", HTTPFieldValue(lossy: "sha256=\(Self.secret.tag(Array(body.utf8)).hex)"))
    for (name, value) in fields { all.set(name, HTTPFieldValue(lossy: value)) }
    let response = try await client.send(
      HTTPClientRequest(.post, URLParts(origin: origin, target: target), fields: all, body: Array(body.utf8)))
    let answer = String(decoding: response.body, as: UTF8.self)
    #expect(response.status.code == status, "\(body.prefix(300)): \(answer)")
  }

  func get(_ target: String, token: String = "DEV_TOKEN_OWNER", fields: HTTPFields = [:]) async throws
    -> HTTPClientResponse
  {
    var fields = fields
    fields.append("Authorization", HTTPFieldValue(lossy: "Bearer \(token)"))
    return try await client.send(HTTPClientRequest(.get, URLParts(origin: origin, target: target), fields: fields))
  }

  /// The live tail from its beginning.
  func stream(messages: Int) async throws -> [UInt8] {
    let stream = try await client.stream(
      HTTPClientRequest(
        .get, URLParts(origin: origin, target: "/events/stream"),
        fields: ["Authorization": "Bearer DEV_TOKEN_OWNER", "Last-Event-ID": "0"]), idleTimeout: .seconds(20))
    var (bytes, seen) = ([UInt8](), 0)
    for try await piece in stream.body {
      bytes += piece
      seen = String(decoding: bytes, as: UTF8.self).ranges(of: "\ndata: ").count
      if seen >= messages { break }
    }
    #expect(seen >= messages)
    return bytes
  }
}
