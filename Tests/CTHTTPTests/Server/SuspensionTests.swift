import Glibc
import Synchronization
import Testing

@testable import CTHTTP

@Suite("Handlers that suspend")
struct SuspensionTests {
  private static let get = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n"

  @Test("are resumed from another thread and go on on the loop's thread")
  func resumedElsewhere() async throws {
    let handler = TestHandler { _ in
      let before = pthread_self()
      let other = await withCheckedContinuation { continuation in
        try? Thread.start(name: "other") { continuation.resume(returning: UInt(pthread_self())) }
      }
      let isSame = before == pthread_self() && before != other
      return HTTPResponse(status: isSame ? .ok : .internalServerError)
    }
    try await withServer(handler) { address, _ in
      try await onThread {
        let peers = try (0..<50).map { _ in try Peer(address) }
        for peer in peers { try peer.send(Self.get) }
        for peer in peers { #expect(try peer.read { $0.hasSuffix("\r\n\r\n") }.hasPrefix("HTTP/1.1 200 ")) }
      }
    }
  }

  @Test("pipelined requests behind one that waits are answered after it")
  func pipelinedBehind() async throws {
    let gate = Gate()
    let handler = TestHandler { request in
      if request.head.path.count > 1 { await gate.wait() }
      return await TestHandler.echo.answer(request)
    }
    try await withServer(handler) { address, _ in
      try await onThread {
        let peer = try Peer(address)
        try peer.send(Self.get + "GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        let other = try Peer(address)
        try other.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        try other.read { $0.hasSuffix("GET / ") }
        gate.open()
        let answers = try peer.read { $0.hasSuffix("GET / ") }
        #expect(answers.firstRange(of: "GET /a ") != nil)
      }
    }
  }

  @Test("a stream is sent in chunks, with backpressure, from any executor")
  func streaming() async throws {
    let piece = [UInt8](repeating: 0x78, count: 10_000)
    let handler = TestHandler { _ in
      HTTPResponse(
        status: .ok,
        body: .stream { writer in
          for _ in 0..<200 { try await writer.write(piece) }
          let task = Task.detached { try await writer.write(Array("end".utf8)) }
          try await task.value
        })
    }
    try await withServer(handler) { address, _ in
      try await onThread {
        let peer = try Peer(address)
        try peer.send(Self.get)
        let answer = try peer.read { $0.hasSuffix("\r\n0\r\n\r\n") }
        #expect(answer.contains("\r\nTransfer-Encoding: chunked\r\n\r\n2710\r\nxxx"))
        #expect(answer.hasSuffix("\r\n3\r\nend\r\n0\r\n\r\n"))
        #expect(answer.utf8.count > 2_000_000)
        // The connection is good for another request; HTTP/1.0 gets the stream without chunks.
        try peer.send("GET / HTTP/1.0\r\n\r\n")
        #expect(try peer.readToEnd().hasSuffix("xxxend"))
      }
    }
  }

  @Test("a stream that fails ends without its last chunk")
  func failingStream() async throws {
    struct Failure: Error {}
    let handler = TestHandler { _ in
      HTTPResponse(
        status: .ok,
        body: .stream { writer in
          try await writer.write(Array("part".utf8))
          throw Failure()
        })
    }
    try await withServer(handler) { address, _ in
      try await onThread {
        let peer = try Peer(address)
        try peer.send(Self.get)
        #expect(try peer.readToEnd().hasSuffix("4\r\npart\r\n"))
      }
    }
  }

  @Test("a stream learns that its reader has gone")
  func readerGone() async throws {
    let gone = Gate()
    let handler = TestHandler { _ in
      HTTPResponse(
        status: .ok,
        body: .stream { writer in
          defer { gone.open() }
          while true {
            try await writer.write([0x78])
            try await Task.sleep(for: .milliseconds(1))
          }
        })
    }
    try await withServer(handler) { address, _ in
      try await onThread {
        let peer = try Peer(address)
        try peer.send(Self.get)
        try peer.read { $0.contains("\r\n1\r\nx") }
      }
      await gone.wait()
    }
  }
}
