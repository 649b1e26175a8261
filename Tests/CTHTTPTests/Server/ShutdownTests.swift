import Testing

@testable import CTHTTP

@Suite("Graceful shutdown")
struct ShutdownTests {
  private static let get = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n"

  @Test("lets a request under way finish, says close, and closes idle connections")
  func finishes() async throws {
    let (entered, gate) = (Gate(), Gate())
    let handler = TestHandler { request in
      guard request.head.path.count > 1 else { return await TestHandler.echo.answer(request) }
      entered.open()
      await gate.wait()
      return await TestHandler.echo.answer(request)
    }
    // On one loop, so that the idle connection closes when the busy one's loop has heard of the shutdown.
    try await withServer(handler, configuration: .test(loops: 1)) { address, server in
      async let idle = onThread {
        let peer = try Peer(address)
        try peer.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        return try peer.readToEnd()
      }
      async let busy = onThread {
        let peer = try Peer(address)
        try peer.send(Self.get)
        return try peer.readToEnd()
      }
      await entered.wait()
      async let down: Void = server.shutdown(grace: .seconds(30))
      let idleAnswer = try await idle
      #expect(idleAnswer.hasSuffix("GET / "))
      gate.open()
      let answer = try await busy
      #expect(answer.contains("\r\nConnection: close\r\n") && answer.hasSuffix("GET /a "))
      await down
      await #expect(throws: SystemError.self) { try await onThread { _ = try Peer(address) } }
    }
  }

  @Test("cuts what is not done when the grace period ends")
  func cuts() async throws {
    let clock = ManualClock()
    let (entered, never) = (Gate(), Gate())
    let handler = TestHandler { _ in
      entered.open()
      await never.wait()
      return HTTPResponse(status: .ok)
    }
    try await withServer(handler, configuration: .test(clock: clock.clock)) { address, server in
      async let busy = onThread {
        let peer = try Peer(address)
        try peer.send(Self.get)
        return try peer.readToEnd()
      }
      await entered.wait()
      async let down: Void = server.shutdown(grace: .seconds(3600))
      // The grace period counts from when the loop hears of it, so the clock is moved until that has happened.
      let ticking = Task {
        while !Task.isCancelled {
          clock.advance(.seconds(3600))
          server.poke()
          try await Task.sleep(for: .milliseconds(1))
        }
      }
      let rest = try await busy
      #expect(rest.isEmpty)
      await down
      ticking.cancel()
      never.open()
    }
  }

  @Test("cancels streams")
  func streams() async throws {
    let entered = Gate()
    let handler = TestHandler { _ in
      HTTPResponse(
        status: .ok,
        body: .stream { writer in
          entered.open()
          while !Task.isCancelled {
            try await writer.write([0x78])
            try? await Task.sleep(for: .milliseconds(1))
          }
        })
    }
    try await withServer(handler) { address, server in
      async let stream = onThread {
        let peer = try Peer(address)
        try peer.send(Self.get)
        return try peer.readToEnd()
      }
      await entered.wait()
      await server.shutdown(grace: .seconds(30))
      let all = try await stream
      #expect(all.hasSuffix("\r\n0\r\n\r\n"))
    }
  }
}
