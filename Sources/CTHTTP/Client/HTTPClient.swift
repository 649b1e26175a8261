import Synchronization

/// An HTTP/1.1 client for tools and tests: blocking sockets on a small pool of threads, connections kept alive.
/// Redirects are not followed, nothing is decompressed, and what came is what is shown.
public final class HTTPClient: Sendable {
  private let configuration: HTTPClientConfiguration
  private let workers: WorkerPool
  private let connector: Connector
  private let idle: IdleConnections

  public init(configuration: HTTPClientConfiguration = .init()) {
    self.configuration = configuration
    workers = WorkerPool(maximum: configuration.maximumThreads)
    connector = Connector(configuration: configuration)
    idle = IdleConnections(perOrigin: configuration.idlePerOrigin)
  }

  deinit { idle.closeAll() }

  /// Sends a request and reads its response to the end.
  public func send(_ request: HTTPClientRequest) async throws(HTTPClientError) -> HTTPClientResponse {
    try await workers.run { [self] interruption throws(HTTPClientError) in
      let deadline = ContinuousClock.now + configuration.responseTimeout
      return try exchange(request, deadline, interruption) { exchange throws(HTTPClientError) in
        try exchange.readResponse(deadline: deadline)
      }
    }
  }

  /// Sends a request and returns as soon as the head of its response has come: for server-sent events and logs.
  ///
  /// `idleTimeout` bounds the wait for each further piece of the body; nil waits for ever.
  public func stream(
    _ request: HTTPClientRequest, idleTimeout: Duration? = nil
  ) async throws(HTTPClientError) -> HTTPClientStream {
    try await workers.run { [self] interruption throws(HTTPClientError) in
      let deadline = ContinuousClock.now + configuration.responseTimeout
      return try exchange(request, deadline, interruption) { exchange throws(HTTPClientError) in
        let head = try exchange.readHead(deadline: deadline)
        exchange.isStreamed = true
        let body = HTTPClientBody(exchange, workers: workers, idleTimeout: idleTimeout)
        return HTTPClientStream(status: head.status, fields: head.fields, head: head.bytes, body: body)
      }
    }
  }

  /// Writes these octets on a connection of their own, exactly as they are, and reads what comes back. Only failing to
  /// connect is an error; whatever the server does is a result.
  ///
  /// `isHead` says that the request is HEAD, so that its response has no body.
  public func sendRaw(
    _ bytes: [UInt8], to origin: HTTPOrigin, until goal: HTTPRawGoal, isHead: Bool = false, timeout: Duration? = nil
  ) async throws(HTTPClientError) -> HTTPRawExchange {
    try await workers.run { [self] interruption throws(HTTPClientError) in
      let connection = try connector.connect(to: origin, interruption)
      defer { connection.close() }
      let deadline = ContinuousClock.now + (timeout ?? configuration.responseTimeout)
      var exchange = RawExchange(connection: connection, goal: goal, isHead: isHead, configuration: configuration)
      return try exchange.run(sending: bytes, deadline: deadline)
    }
  }

  /// Until when the certificate is valid that a server shows, in seconds since 1970. It is only looked at: one that nobody
  /// trusts, or that has expired, has an end too.
  public func certificateEnd(of origin: HTTPOrigin) async throws(HTTPClientError) -> Int64 {
    try await workers.run { [self] interruption throws(HTTPClientError) in
      try connector.certificateEnd(of: origin, interruption)
    }
  }

  /// Closes the connections that are kept for further requests.
  public func closeIdleConnections() { idle.closeAll() }

  /// Runs one exchange on an idle connection or a new one. When an idle one turns out to be dead before anything came
  /// back, and sending twice does no harm, a new one is tried (RFC 9112, section 9.3.1).
  private func exchange<Result>(
    _ request: HTTPClientRequest, _ deadline: ContinuousClock.Instant, _ interruption: Interruption,
    _ read: (inout Exchange) throws(HTTPClientError) -> Result
  ) throws(HTTPClientError) -> Result {
    if let connection = idle.take(for: request.url.origin) {
      var exchange = Exchange(connection, request, configuration)
      do throws(HTTPClientError) {
        return try perform(&exchange, request, deadline, interruption, read)
      } catch {
        guard error.isBrokenConnection, !exchange.hasReceived, request.method.isIdempotent else { throw error }
      }
    }
    var exchange = Exchange(try connector.connect(to: request.url.origin, interruption), request, configuration)
    return try perform(&exchange, request, deadline, interruption, read)
  }

  private func perform<Result>(
    _ exchange: inout Exchange, _ request: HTTPClientRequest, _ deadline: ContinuousClock.Instant,
    _ interruption: Interruption, _ read: (inout Exchange) throws(HTTPClientError) -> Result
  ) throws(HTTPClientError) -> Result {
    let connection = exchange.connection
    do throws(HTTPClientError) {
      try connection.attach(to: interruption)
      try exchange.send(request.wire, deadline: deadline)
      let result = try read(&exchange)
      connection.detach()
      if exchange.canReuse { idle.give(connection, for: request.url.origin) }
      return result
    } catch {
      connection.close()
      throw error
    }
  }
}

extension HTTPClientError {
  fileprivate var isBrokenConnection: Bool {
    switch self {
    case .transport, .closedEarly: true
    default: false
    }
  }
}

/// Connections that wait for another request.
final class IdleConnections: Sendable {
  private let kept = Mutex<[HTTPOrigin: [ClientConnection]]>([:])
  private let perOrigin: Int

  init(perOrigin: Int) { self.perOrigin = perOrigin }

  /// A connection on which the server has neither closed nor said anything unasked.
  func take(for origin: HTTPOrigin) -> ClientConnection? {
    while let connection = kept.withLock({ $0[origin]?.popLast() }) {
      if connection.isQuiet { return connection }
      connection.close()
    }
    return nil
  }

  func give(_ connection: ClientConnection, for origin: HTTPOrigin) {
    let isKept = kept.withLock { kept in
      guard kept[origin, default: []].count < perOrigin else { return false }
      kept[origin, default: []].append(connection)
      return true
    }
    if !isKept { connection.close() }
  }

  func closeAll() {
    let all = kept.withLock { kept in
      defer { kept = [:] }
      return kept
    }
    for connection in all.values.joined() { connection.close() }
  }
}
