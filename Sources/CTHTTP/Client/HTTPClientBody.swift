import Synchronization

/// The content of a streamed response, in the pieces it arrives in.
public struct HTTPClientBody: AsyncSequence, Sendable {
  public typealias Element = [UInt8]
  public typealias Failure = HTTPClientError

  /// Shared by the iterators; when the last reference goes, the connection is closed.
  private final class Source: Sendable {
    private let exchange: Mutex<Exchange>
    private let connection: ClientConnection
    private let workers: WorkerPool
    private let idleTimeout: Duration?

    init(_ exchange: Exchange, workers: WorkerPool, idleTimeout: Duration?) {
      connection = exchange.connection
      self.exchange = Mutex(exchange)
      self.workers = workers
      self.idleTimeout = idleTimeout
    }

    deinit { connection.close() }

    func next() async throws(HTTPClientError) -> [UInt8]? {
      try await workers.run { [self] interruption throws(HTTPClientError) in
        let deadline = ContinuousClock.now + (idleTimeout ?? .seconds(1_000_000_000))
        // Two iterators at once take turns.
        let result = exchange.withLock { exchange -> Result<[UInt8]?, HTTPClientError> in
          do throws(HTTPClientError) {
            try connection.attach(to: interruption)
            let piece = try exchange.readPiece(deadline: deadline)
            connection.detach()
            return .success(piece)
          } catch {
            connection.detach()
            return .failure(error)
          }
        }
        return try result.get()
      }
    }
  }

  private let source: Source

  init(_ exchange: Exchange, workers: WorkerPool, idleTimeout: Duration?) {
    source = Source(exchange, workers: workers, idleTimeout: idleTimeout)
  }

  public struct AsyncIterator: AsyncIteratorProtocol {
    fileprivate let next: @Sendable () async throws(HTTPClientError) -> [UInt8]?

    public mutating func next() async throws(HTTPClientError) -> [UInt8]? { try await next() }

    public mutating func next(isolation actor: isolated (any Actor)?) async throws(HTTPClientError) -> [UInt8]? {
      try await next()
    }
  }

  public func makeAsyncIterator() -> AsyncIterator {
    AsyncIterator { [source] () async throws(HTTPClientError) in try await source.next() }
  }
}
