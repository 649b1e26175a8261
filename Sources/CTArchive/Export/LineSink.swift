import CTArtifacts

/// Makes lines of values, compresses them, and hands them on.
///
/// It works on a thread of its own that gives way to everything else; who calls it goes on reading meanwhile.
final class LineSink {
  private let sink: any ArtifactSink
  private let gzip = GzipWriter()
  private var buffer: [UInt8] = []
  private(set) var count = 0

  private static let threads = WorkerThreads(name: "ct-export", count: 1, niceness: 19)
  /// About so much is compressed at once.
  private static let pieceBytes = 1 << 20

  init(_ sink: any ArtifactSink) {
    self.sink = sink
  }

  /// - Parameter line: appends the line of a value, with its line feed.
  func append<Values: Sequence>(
    _ values: Values, _ line: (Values.Element, inout [UInt8]) -> Void
  ) async throws {
    try await withTaskExecutorPreference(Self.threads) {
      for value in values {
        line(value, &buffer)
        count += 1
        if buffer.count >= Self.pieceBytes { try await flush() }
      }
    }
  }

  func finish() async throws {
    try await withTaskExecutorPreference(Self.threads) {
      try await flush()
      try await sink.write(gzip.finish())
    }
  }

  private func flush() async throws {
    let piece = gzip.compress(buffer)
    buffer.removeAll(keepingCapacity: true)
    if !piece.isEmpty { try await sink.write(piece) }
  }
}
