import Glibc
import Synchronization
import Testing

@testable import CTHTTP

/// Deadlines, with the time moved by hand: nothing here waits for a real one.
@Suite("Deadlines")
struct DeadlineTests {
  private static let get = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n"

  /// Sends `text` and moves the time in steps until the server closes the connection.
  /// Returns the status it said, and how long that took by the server's clock.
  private func end(after text: String) async throws -> (status: String?, elapsed: Duration) {
    let clock = ManualClock()
    let result = Mutex<(status: String?, elapsed: Duration)>((nil, .zero))
    try await withServer(.echo, configuration: .test(clock: clock.clock)) { address, server in
      let sent = Gate()
      let reading = Task {
        try await onThread {
          let peer = try Peer(address)
          try peer.send(Self.get)
          try peer.read { $0.hasSuffix("GET /a ") }
          try peer.send(text)
          sent.open()
          return try peer.readToEnd()
        }
      }
      await sent.wait()
      let before = clock.now
      let ticking = clock.tick(server)
      let all = try await reading.value
      ticking.cancel()
      let answer = all[(all.firstRange(of: "GET /a ")?.upperBound ?? all.startIndex)...]
      result.withLock { $0 = (answer.split(separator: " ").dropFirst().first.map(String.init), clock.now - before) }
    }
    return result.withLock { $0 }
  }

  @Test("an unfinished head is 408 after 10 s, however it trickles")
  func head() async throws {
    let (status, elapsed) = try await end(after: "GET / HTTP/1.1\r\nHo")
    #expect(status == "408")
    #expect((.seconds(10)...(.seconds(14))).contains(elapsed))
  }

  @Test("a body that does not come is 408 after 30 s")
  func body() async throws {
    let (status, elapsed) = try await end(after: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nab")
    #expect(status == "408")
    #expect((.seconds(30)...(.seconds(34))).contains(elapsed))
  }

  @Test("an idle connection is closed after 75 s without a word")
  func idle() async throws {
    let (status, elapsed) = try await end(after: "")
    #expect(status == nil)
    #expect((.seconds(75)...(.seconds(79))).contains(elapsed))
  }

  @Test("a peer that takes nothing of a response is cut off after 30 s")
  func writeStall() async throws {
    let clock = ManualClock()
    let gone = Gate()
    let handler = TestHandler { _ in
      HTTPResponse(
        status: .ok,
        body: .stream { writer in
          defer { gone.open() }
          while true { try await writer.write([UInt8](repeating: 0x78, count: 65536)) }
        })
    }
    try await withServer(handler, configuration: .test(clock: clock.clock)) { address, server in
      let peer = try Peer(address)
      try peer.send(Self.get)
      let ticking = clock.tick(server)
      await gone.wait()
      ticking.cancel()
      withExtendedLifetime(peer) {}
    }
  }

  @Test("a peer that reads slowly but steadily is not cut off")
  func slowButSteady() async throws {
    let handler = TestHandler { _ in
      HTTPResponse(status: .ok, body: .bytes([UInt8](repeating: 0x78, count: 3_000_000)))
    }
    var configuration = HTTPServerConfiguration.test()
    configuration.deadlines.write = .milliseconds(400)
    try await withServer(handler, configuration: configuration) { address, _ in
      try await onThread {
        let peer = try Peer(address)
        Socket.set(peer.descriptor, SOL_SOCKET, SO_RCVBUF, 64 * 1024)
        try peer.send("GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        let count = try peer.readToEnd(pausing: 10_000).utf8.count { $0 == 0x78 }
        #expect(count == 3_000_000)
      }
    }
  }

  @Test("the timer wheel fires nothing early and nothing more than a tick late")
  func wheel() {
    let seed = UInt64.random(in: .min ... .max)
    var generator = SeededGenerator(seed: seed)
    var now: UInt64 = 10_000
    var wheel = TimerWheel(now: now)
    var deadlines: [UInt64: UInt64] = [:]
    var due: [(token: UInt64, tick: UInt64)] = []
    for token in 0..<5_000 as Range<UInt64> {
      let deadline = now + UInt64.random(in: 0...200_000, using: &generator)
      deadlines[token] = deadline
      _ = wheel.schedule(token, at: deadline)
      now += UInt64.random(in: 0...150, using: &generator)
      due = []
      wheel.advance(to: now, into: &due)
      for (token, _) in due {
        let deadline = deadlines.removeValue(forKey: token)
        #expect(deadline.map { $0 <= now } == true, "seed \(seed)")
      }
      #expect(!deadlines.values.contains { $0 + 2 * TimerWheel.tick < now }, "seed \(seed)")
    }
    #expect(wheel.count == deadlines.count)
    due = []
    wheel.advance(to: now + 10_000_000, into: &due)
    #expect(due.count == deadlines.count && wheel.delay(now: now) == nil)
  }
}
