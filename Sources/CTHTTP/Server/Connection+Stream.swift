extension Connection {
  /// Lets a handler write its body, then ends the response.
  static func pour(
    _ stream: @Sendable (HTTPBodyWriter) async throws -> Void, into connection: LoopBound<Connection<Handler>>
  ) async {
    let writer = HTTPBodyWriter { bytes in
      // The handler may write from another executor: on to the loop, or on at once when this is it.
      try await withTaskExecutorPreference(connection.loop) { try await connection.onLoop.write(bytes) }
    }
    do {
      try await stream(writer)
      connection.onLoop.endStream()
    } catch {
      // Without the last chunk the client knows that the response is not complete.
      connection.onLoop.close()
    }
  }

  private func write(_ bytes: [UInt8]) async throws {
    guard phase == .streaming else { throw HTTPBodyWriter.Closed() }
    borrowBuffer()
    if isChunked { ResponseEncoder.appendChunk(bytes, to: &output) } else { output.append(contentsOf: bytes) }
    flush()
    settle()
    while outputWaiting > Self.outputLimit && phase == .streaming {
      try Task.checkCancellation()
      await withCheckedContinuation { writers.append($0) }
    }
    guard phase == .streaming else { throw HTTPBodyWriter.Closed() }
  }

  private func endStream() {
    guard phase == .streaming else { return }
    borrowBuffer()
    if isChunked { ResponseEncoder.appendLastChunk(to: &output) }
    endRequest()
  }
}

/// Writes the body of a streamed response, with backpressure.
public struct HTTPBodyWriter: Sendable {
  /// The peer has gone, or the server has cut the connection.
  public struct Closed: Error, Sendable {}

  private let send: @Sendable ([UInt8]) async throws -> Void

  /// - Parameter send: what becomes of the chunks: a connection, or in tests something else.
  public init(_ send: @escaping @Sendable ([UInt8]) async throws -> Void) { self.send = send }

  /// Sends one chunk. Suspends while the peer has more than 64 KiB to take first.
  ///
  /// Throws ``Closed`` when the connection is gone, and `CancellationError` when the server goes down meanwhile.
  public func write(_ bytes: [UInt8]) async throws { try await send(bytes) }
}
