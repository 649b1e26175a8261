import Glibc
import Synchronization

/// An HTTP/1.1 server on epoll event loops.
///
///     let server = HTTPServer(configuration: configuration, handler: handler)
///     let address = try server.start()
///     _ = await waitForSignals([SIGTERM, SIGINT])
///     await server.shutdown(grace: .seconds(20))
public final class HTTPServer<Handler: HTTPHandler>: Sendable {
  private struct State {
    var loops: [EventLoop] = []
    var running = 0
    var waiters: [CheckedContinuation<Void, Never>] = []
  }

  private let configuration: HTTPServerConfiguration
  private let handler: Handler
  private let state = Mutex(State())

  public init(configuration: HTTPServerConfiguration = .init(), handler: Handler) {
    self.configuration = configuration
    self.handler = handler
  }

  /// Binds, starts the loops and returns the address with the real port. The server then lives until it is shut down.
  ///
  /// - Precondition: it has not been started before.
  public func start() throws(SystemError) -> SocketAddress {
    precondition(state.withLock(\.loops.isEmpty), "a server is started once")
    guard let address = SocketAddress(literal: configuration.host, port: configuration.port) else {
      throw SystemError("\(configuration.host) is not an IP address", code: EINVAL)
    }
    let loops = try makeLoops()
    let (listener, bound) = try Socket.listen(on: address, backlog: configuration.backlog)
    let shared = ReactorSettings(handler: handler, configuration: configuration, loops: loops)
    for (index, loop) in loops.enumerated() {
      state.withLock { $0.running += 1 }
      try Thread.start(name: "http-\(index)") { [self] in
        // Only a lack of memory or descriptors can fail here, before anything is served.
        do {
          try Reactor(loop: loop, listener: index == 0 ? listener : nil, settings: shared).run { loopEnded() }
        } catch {
          preconditionFailure("\(error)")
        }
      }
    }
    state.withLock { $0.loops = loops }
    return bound
  }

  /// Accepts no more, closes idle connections, cancels streams, lets requests under way finish for up to `grace`, and
  /// then cuts what is left. Returns when all connections are closed.
  public func shutdown(grace: Duration = .seconds(10)) async {
    let loops = state.withLock { $0.loops }
    for loop in loops { loop.send(.shutDown(grace: grace.wholeMilliseconds)) }
    await withCheckedContinuation { continuation in
      let isOver = state.withLock { state in
        if state.running > 0 { state.waiters.append(continuation) }
        return state.running == 0
      }
      if isOver { continuation.resume() }
    }
  }

  /// Serves until the calling task is cancelled, then shuts down gracefully. `started` gets the address.
  public func run(
    grace: Duration = .seconds(10), started: @Sendable (SocketAddress) -> Void = { _ in }
  ) async throws(SystemError) {
    started(try start())
    let (cancelled, cancel) = AsyncStream.makeStream(of: Void.self)
    await withTaskCancellationHandler {
      for await _ in cancelled {}
    } onCancel: {
      cancel.finish()
    }
    await shutdown(grace: grace)
  }

  /// Makes every loop look at its clock: for tests that move the time by hand.
  package func poke() {
    for loop in state.withLock({ $0.loops }) { loop.send(.poke) }
  }

  private func makeLoops() throws(SystemError) -> [EventLoop] {
    var loops: [EventLoop] = []
    for _ in 0..<max(1, configuration.loops) { loops.append(try EventLoop()) }
    return loops
  }

  private func loopEnded() {
    let waiters = state.withLock { state in
      state.running -= 1
      guard state.running == 0 else { return [CheckedContinuation<Void, Never>]() }
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.resume() }
  }
}
