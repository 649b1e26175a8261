import Glibc
import Synchronization
import Testing

@testable import CTHTTP

@Suite("HTTP client")
struct ClientTests {
  private func url(_ address: SocketAddress, _ target: String = "/") throws -> URLParts {
    try #require(URLParts("http://\(address)\(target)"))
  }

  @Test("sends a request and reads the response, on a connection that is kept")
  func send() async throws {
    let peers = Mutex<Set<String>>([])
    let handler = TestHandler { request in
      peers.withLock { _ = $0.insert("\(request.peer)") }
      return await TestHandler.echo.answer(request)
    }
    try await withServer(handler) { address, _ in
      let client = HTTPClient()
      for number in 1...5 {
        let body = Array("hello".utf8)
        let request = HTTPClientRequest(.post, try url(address, "/a?\(number)"), fields: ["X": "y"], body: body)
        let response = try await client.send(request)
        #expect(response.status == .ok && response.status.reason == "OK")
        #expect(String(decoding: response.body, as: UTF8.self) == "POST /a?\(number) hello")
        #expect(response.fields.value(of: "content-type") == "text/plain")
        #expect(response.head.starts(with: Array("HTTP/1.1 200 OK\r\n".utf8)))
      }
    }
    #expect(peers.withLock(\.count) == 1)
  }

  @Test("HEAD has no body; chunked bodies are put together")
  func bodies() async throws {
    let handler = TestHandler { _ in
      HTTPResponse(status: .ok, body: .stream { for part in ["ab", "", "c"] { try await $0.write(Array(part.utf8)) } })
    }
    try await withServer(handler) { address, _ in
      let client = HTTPClient()
      let head = try await client.send(HTTPClientRequest(.head, url(address)))
      #expect(head.body.isEmpty && head.fields.value(of: "transfer-encoding") == "chunked")
      let get = try await client.send(HTTPClientRequest(.get, url(address)))
      #expect(get.body == Array("abc".utf8))
    }
  }

  @Test("100 requests at once")
  func concurrent() async throws {
    let handler = TestHandler { request in
      try? await Task.sleep(for: .milliseconds(5))
      return await TestHandler.echo.answer(request)
    }
    try await withServer(handler) { address, _ in
      let client = HTTPClient()
      try await withThrowingTaskGroup(of: Bool.self) { group in
        for number in 0..<100 {
          let request = HTTPClientRequest(.get, try url(address, "/\(number)"))
          group.addTask { try await client.send(request).body == Array("GET /\(number) ".utf8) }
        }
        for try await isRight in group { #expect(isRight) }
      }
    }
  }

  @Test("skips informational responses, and reads to the end of the connection without a length")
  func informational() async throws {
    let hints = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n"
    try await withScript(hints + "HTTP/1.1 201 Made\r\nA: b\r\n\r\nbody") { origin in
      let response = try await HTTPClient().send(HTTPClientRequest(.get, URLParts(origin: origin)))
      #expect(response.status == 201 && response.status.reason == "Made")
      #expect(response.body == Array("body".utf8) && response.fields.count == 1)
    }
  }

  @Test(
    "refuses responses that are not HTTP/1.1",
    arguments: [
      "HTTP/2 200 OK\r\n\r\n", "HTTP/1.1 20 OK\r\n\r\n", "HTTP/1.1 200 OK\nA: b\n\n", "hello\r\n\r\n",
      "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
      "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\nx",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ] as [Wire])
  func refuses(answer: Wire) async throws {
    try await withScript(answer.text) { origin in
      let error = await #expect(throws: HTTPClientError.self) {
        try await HTTPClient().send(HTTPClientRequest(.get, URLParts(origin: origin)))
      }
      guard case .notHTTP = error else {
        Issue.record("\(String(describing: error))")
        return
      }
    }
  }

  @Test(
    "a response that breaks off is an error",
    arguments: ["", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab"] as [Wire])
  func brokenOff(answer: Wire) async throws {
    try await withScript(answer.text) { origin in
      await #expect(throws: HTTPClientError.closedEarly) {
        try await HTTPClient().send(HTTPClientRequest(.get, URLParts(origin: origin)))
      }
    }
  }

  @Test("errors say what failed")
  func errors() async throws {
    let (listener, address) = try Socket.listen(on: #require(SocketAddress(literal: "127.0.0.1", port: 0)), backlog: 1)
    close(listener)
    let client = HTTPClient()
    let refused = await #expect(throws: HTTPClientError.self) { try await client.send(.init(.get, url(address))) }
    guard case .connect(_, let error) = refused else {
      Issue.record("\(String(describing: refused))")
      return
    }
    #expect(error.code == ECONNREFUSED && error.reason == "Connection refused")
    let unknown = try #require(URLParts("http://nothing.invalid/"))
    let unresolved = await #expect(throws: HTTPClientError.self) { try await client.send(.init(.get, unknown)) }
    guard case .resolve(host: "nothing.invalid", _) = unresolved else {
      Issue.record("\(String(describing: unresolved))")
      return
    }
  }

  @Test("a response that does not come times out; a cancelled request ends")
  func silence() async throws {
    let never = Gate()
    let handler = TestHandler { _ in
      await never.wait()
      return HTTPResponse(status: .ok)
    }
    try await withServer(handler) { address, _ in
      let request = HTTPClientRequest(.get, try url(address))
      var configuration = HTTPClientConfiguration()
      configuration.responseTimeout = .milliseconds(50)
      let impatient = HTTPClient(configuration: configuration)
      await #expect(throws: HTTPClientError.timeout(.response)) { try await impatient.send(request) }
      let task = Task { try await HTTPClient().send(request) }
      try await Task.sleep(for: .milliseconds(20))
      task.cancel()
      await #expect(throws: HTTPClientError.cancelled) { try await task.value }
      never.open()
    }
  }

  @Test("raw octets go out as they are")
  func raw() async throws {
    try await withServer(.echo) { address, _ in
      let client = HTTPClient()
      let origin = try url(address).origin
      let bad = try await client.sendRaw(Array("GET / HTTP/1.1\nHost: a\n\n".utf8), to: origin, until: .close)
      #expect(bad.ending == .closed && bad.responses.map(\.status) == [400])
      let two = String(repeating: "GET / HTTP/1.1\r\nHost: a\r\n\r\n", count: 2)
      let good = try await client.sendRaw(Array(two.utf8), to: origin, until: .responses(2))
      #expect(good.ending == .complete && good.responses.map(\.status) == [200, 200])
      let slow = try await client.sendRaw(
        Array("GET / HTTP/1.1\r\n".utf8), to: origin, until: .close, timeout: .milliseconds(30))
      #expect(slow.ending == .timedOut && slow.received.isEmpty)
      let long = Array("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9000000\r\n\r\n".utf8)
      let body = [UInt8](repeating: 0x78, count: 9_000_000)
      let early = try await client.sendRaw(long + body, to: origin, until: .responses(1))
      #expect(early.responses.map(\.status) == [413])
    }
  }

  @Test("a stream arrives piece by piece, and leaving it closes the connection")
  func stream() async throws {
    let gone = Gate()
    let handler = TestHandler { request in
      HTTPResponse(
        status: .ok, fields: ["Content-Type": "text/event-stream"],
        body: .stream { writer in
          defer { gone.open() }
          for number in 0... {
            try await writer.write(Array("data: \(number)\n\n".utf8))
            if request.head.path.count > 1 && number == 2 { return }
            try await Task.sleep(for: .milliseconds(2))
          }
        })
    }
    try await withServer(handler) { address, _ in
      let client = HTTPClient()
      var text = ""
      let finite = try await client.stream(HTTPClientRequest(.get, url(address, "/finite")))
      for try await piece in finite.body { text += String(decoding: piece, as: UTF8.self) }
      #expect(text == "data: 0\n\ndata: 1\n\ndata: 2\n\n")
      var pieces = 0
      for try await _ in try await client.stream(HTTPClientRequest(.get, url(address))).body {
        pieces += 1
        if pieces == 3 { break }
      }
      await gone.wait()
    }
  }
}

/// Serves one connection by reading a request's head and writing `answer`.
private func withScript(_ answer: String, _ body: (HTTPOrigin) async throws -> Void) async throws {
  guard let any = SocketAddress(literal: "127.0.0.1", port: 0) else { return }
  let (listener, address) = try Socket.listen(on: any, backlog: 1)
  let flags = fcntl(listener, F_GETFL)
  _ = fcntl(listener, F_SETFL, flags & ~O_NONBLOCK)
  async let served: Void = onThread {
    let descriptor = accept(listener, nil, nil)
    var buffer = [UInt8](repeating: 0, count: 4096)
    _ = buffer.withUnsafeMutableBytes { Socket.receive(descriptor, into: $0) }
    _ = Array(answer.utf8).withUnsafeBytes { Socket.send(descriptor, $0) }
    close(descriptor)
    close(listener)
  }
  guard let origin = HTTPOrigin(scheme: .http, host: "127.0.0.1", port: address.port) else { return }
  try await body(origin)
  try await served
}
