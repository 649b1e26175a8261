import Glibc
import Testing

@testable import CTHTTP

@Suite("HTTP server")
struct ServerTests {
  private static let get = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n"

  @Test("answers with its own framing and date, and keeps the connection")
  func keepAlive() async throws {
    try await withServer(.echo) { address, _ in
      try await onThread {
        let peer = try Peer(address)
        for round in 1...3 {
          try peer.send(Self.get)
          try peer.read { $0.components(of: "GET /a ") == round }
        }
        #expect(peer.received.hasPrefix("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nDate: "))
        #expect(peer.received.contains("GMT\r\nContent-Length: 7\r\n\r\nGET /a "))
        #expect(!peer.received.contains("Server:") && !peer.received.contains("Connection:"))
      }
    }
  }

  @Test("answers pipelined requests in order")
  func pipelining() async throws {
    try await withServer(.echo) { address, _ in
      try await onThread {
        let peer = try Peer(address)
        let requests = (0..<500).map { "GET /\($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined()
        try peer.send(requests)
        try peer.read { $0.contains("GET /499 ") }
        var rest = peer.received[...]
        for number in 0..<500 {
          guard let found = rest.firstRange(of: "GET /\(number) ") else {
            Issue.record("no answer to \(number)")
            return
          }
          rest = rest[found.upperBound...]
        }
      }
    }
  }

  @Test(
    "closes when it is asked to",
    arguments: ["GET / HTTP/1.1\r\nHost: a\r\nConnection: x, Close\r\n\r\n", "GET / HTTP/1.0\r\n\r\n"] as [Wire])
  func connectionClose(request: Wire) async throws {
    try await withServer(.echo) { address, _ in
      try await onThread {
        let peer = try Peer(address)
        try peer.send(request.text)
        #expect(try peer.readToEnd().contains("\r\nConnection: close\r\n"))
      }
    }
  }

  @Test("HEAD gets the fields of GET and no body; 204 has neither body nor length")
  func withoutBody() async throws {
    let handler = TestHandler { request in
      HTTPResponse(status: request.head.path.count == 1 ? .ok : .noContent, body: .bytes(Array("body".utf8)))
    }
    try await withServer(handler) { address, _ in
      try await onThread {
        let peer = try Peer(address)
        try peer.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\nGET /x HTTP/1.0\r\n\r\n")
        let answers = try peer.readToEnd()
        #expect(answers.contains("Content-Length: 4\r\n\r\nHTTP/1.1 204 No Content\r\n"))
        #expect(answers.hasSuffix("GMT\r\nConnection: close\r\n\r\n"))
      }
    }
  }

  @Test("reads a chunked body that comes in small pieces")
  func chunked() async throws {
    try await withServer(.echo) { address, _ in
      try await onThread {
        let peer = try Peer(address)
        let wire = "POST /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n"
        for character in wire.unicodeScalars { try peer.send(String(character)) }
        #expect(try peer.read { $0.hasSuffix("abcd") }.contains("200 OK"))
      }
    }
  }

  @Test("sends 100 Continue only when the request is admitted")
  func expectContinue() async throws {
    let handler = TestHandler(
      admission: { $0.path.count > 1 ? HTTPResponse(status: .unauthorized) : nil }, answer: TestHandler.echo.answer)
    let fields = "Host: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"
    try await withServer(handler) { address, _ in
      try await onThread {
        let admitted = try Peer(address)
        try admitted.send("POST / HTTP/1.1\r\n" + fields)
        #expect(try admitted.read { $0.hasSuffix("\r\n\r\n") } == "HTTP/1.1 100 Continue\r\n\r\n")
        try admitted.send("hi")
        #expect(try admitted.read { $0.hasSuffix("hi") }.contains("HTTP/1.1 200 OK"))
        let refused = try Peer(address)
        try refused.send("POST /x HTTP/1.1\r\n" + fields)
        let answer = try refused.readToEnd()
        #expect(answer.hasPrefix("HTTP/1.1 401 ") && answer.contains("Connection: close"))
      }
    }
  }

  @Test("refuses a body that is too long without reading it, and the client sees the answer")
  func tooLong() async throws {
    try await withServer(.echo) { address, _ in
      try await onThread {
        let announced = try Peer(address)
        try announced.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n")
        #expect(try announced.readToEnd().hasPrefix("HTTP/1.1 413 Content Too Large\r\n"))
        let sent = try Peer(address)
        try sent.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n")
        try sent.send(String(repeating: "x", count: 1_000_000))
        #expect(try sent.readToEnd().hasPrefix("HTTP/1.1 413 "))
        let chunks = try Peer(address)
        try chunks.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n401\r\n")
        #expect(try chunks.readToEnd().hasPrefix("HTTP/1.1 413 "))
      }
    }
  }

  @Test(
    "refuses with a status, and closes",
    arguments: [
      ("POST / HTTP/1.1\r\nHost: a\r\n\r\n", 411), ("GET / HTTP/1.1\r\n\r\n", 400), ("GET / HTTP/3.0\r\n\r\n", 505),
      ("GET / HTTP/1.1\r\nHost: a\r\nA: \(String(repeating: "b", count: 20000))\r\n\r\n", 431),
    ] as [(Wire, Int)])
  func refusals(request: Wire, status: Int) async throws {
    try await withServer(.echo) { address, _ in
      try await onThread {
        let peer = try Peer(address)
        try peer.send(request.text)
        #expect(try peer.readToEnd().hasPrefix("HTTP/1.1 \(status) "))
      }
    }
  }

  @Test("a rejected request with a short body keeps the connection")
  func rejection() async throws {
    let handler = TestHandler(
      admission: { $0.method == .post ? HTTPResponse(status: .notFound) : nil }, answer: TestHandler.echo.answer)
    try await withServer(handler) { address, _ in
      try await onThread {
        let peer = try Peer(address)
        try peer.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc" + Self.get)
        #expect(try peer.read { $0.hasSuffix("GET /a ") }.hasPrefix("HTTP/1.1 404 Not Found\r\n"))
      }
    }
  }

  @Test("large answers to pipelined requests wait for a slow reader", arguments: [true, false])
  func slowReader(isRejected: Bool) async throws {
    let large = HTTPResponse(status: .ok, body: .bytes([UInt8](repeating: 0x78, count: 300_000)))
    let handler = TestHandler(admission: { _ in isRejected ? large : nil }, answer: { _ in large })
    try await withServer(handler) { address, _ in
      try await onThread {
        let peer = try Peer(address)
        try peer.send(String(repeating: Self.get, count: 60))
        try peer.send("POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi")
        usleep(20_000)
        let count = try peer.readToEnd().utf8.count { $0 == 0x78 }
        #expect(count == 61 * 300_000)
      }
    }
  }

  @Test("answers a client that has closed its sending side")
  func halfClose() async throws {
    try await withServer(.echo) { address, _ in
      try await onThread {
        let peer = try Peer(address)
        try peer.send(Self.get)
        peer.finishSending()
        #expect(try peer.readToEnd().hasSuffix("GET /a "))
      }
    }
  }

  @Test("outlives peers that go away in the middle")
  func rudePeers() async throws {
    try await withServer(.echo) { address, _ in
      try await onThread {
        for request in ["", "GET", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab", Self.get] {
          let left = try Peer(address)
          try left.send(request)
          let reset = try Peer(address)
          try reset.send(request)
          reset.reset()
        }
        let peer = try Peer(address)
        try peer.send(Self.get)
        try peer.read { $0.hasSuffix("GET /a ") }
      }
    }
  }

  @Test("serves 200 connections at once, on IPv6 too", arguments: ["127.0.0.1", "::1"])
  func manyConnections(host: String) async throws {
    try await withServer(.echo, configuration: .test(host: host)) { address, _ in
      try await onThread {
        let peers = try (0..<200).map { _ in try Peer(address) }
        for round in 1...5 {
          for peer in peers { try peer.send(Self.get) }
          for peer in peers { try peer.read { $0.components(of: "GET /a ") == round } }
        }
      }
    }
  }

  @Test("tells 503 to connections over the limit")
  func overload() async throws {
    try await withServer(.echo, configuration: .test(maximumConnections: 2)) { address, _ in
      try await onThread {
        let first = try Peer(address)
        try first.send(Self.get)
        try first.read { $0.hasSuffix("GET /a ") }
        let second = try Peer(address)
        try second.send(Self.get)
        try second.read { $0.hasSuffix("GET /a ") }
        #expect(try Peer(address).readToEnd().hasPrefix("HTTP/1.1 503 Service Unavailable\r\n"))
      }
    }
  }
}

extension String {
  func components(of part: String) -> Int { ranges(of: part).count }
}
