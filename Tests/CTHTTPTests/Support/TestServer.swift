import Synchronization

@testable import CTHTTP

/// A handler made of closures.
struct TestHandler: HTTPHandler {
  var bodyLimit = 1024
  var admission: @Sendable (HTTPRequestHead) -> HTTPResponse? = { _ in nil }
  var answer: @Sendable (HTTPRequest) async -> HTTPResponse

  func admit(_ head: HTTPRequestHead) -> HTTPAdmission<Int> {
    if let response = admission(head) { return .reject(response) }
    return .accept(head.bytes.count, bodyLimit: bodyLimit)
  }

  func respond(to request: HTTPRequest, admitted: Int) async -> HTTPResponse { await answer(request) }

  /// Answers with what was asked: `METHOD target body`.
  static let echo = TestHandler { request in
    let target = String(decoding: request.head.target, as: UTF8.self)
    let text = "\(request.head.method) \(target) \(String(decoding: request.body, as: UTF8.self))"
    return HTTPResponse(status: .ok, fields: ["Content-Type": "text/plain"], body: .bytes(Array(text.utf8)))
  }
}

/// Runs a server on a free port for the length of `body`.
func withServer(
  _ handler: TestHandler, configuration: HTTPServerConfiguration = .test(),
  _ body: (SocketAddress, HTTPServer<TestHandler>) async throws -> Void
) async throws {
  let server = HTTPServer(configuration: configuration, handler: handler)
  let address = try server.start()
  do {
    try await body(address, server)
  } catch {
    await server.shutdown(grace: .zero)
    throw error
  }
  await server.shutdown(grace: .zero)
}

extension HTTPServerConfiguration {
  static func test(
    host: String = "127.0.0.1", loops: Int = 2, maximumConnections: Int = 1000, clock: HTTPClock = .monotonic
  ) -> HTTPServerConfiguration {
    var configuration = HTTPServerConfiguration()
    configuration.host = host
    configuration.loops = loops
    configuration.maximumConnections = maximumConnections
    configuration.clock = clock
    return configuration
  }
}

/// A clock that tests move.
final class ManualClock: Sendable {
  private let time = Atomic<UInt64>(1_000_000)

  var clock: HTTPClock { HTTPClock { self.time.load(ordering: .sequentiallyConsistent) } }

  var now: Duration { .milliseconds(time.load(ordering: .sequentiallyConsistent)) }

  /// Lets a second pass again and again, each time after a moment of real time in which the server can do what is due.
  func tick(_ server: HTTPServer<TestHandler>) -> Task<Void, any Error> {
    Task {
      while true {
        try await Task.sleep(for: .milliseconds(10))
        advance(.seconds(1))
        server.poke()
      }
    }
  }

  func advance(_ duration: Duration) { time.add(duration.wholeMilliseconds, ordering: .sequentiallyConsistent) }
}

/// Something one task waits for and another opens.
final class Gate: Sendable {
  private struct State {
    var isOpen = false
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  func wait() async {
    await withCheckedContinuation { continuation in
      let isOpen = state.withLock { state in
        if !state.isOpen { state.waiting.append(continuation) }
        return state.isOpen
      }
      if isOpen { continuation.resume() }
    }
  }

  func open() {
    let waiting = state.withLock { state in
      state.isOpen = true
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in waiting { continuation.resume() }
  }
}
