import CTArtifacts

/// Collects lines, compresses them, and hands them on.
final class LineSink {
  private let sink: any ArtifactSink
  private let gzip = GzipWriter()
  private var buffer: [UInt8] = []
  private(set) var count = 0

  /// About so much is compressed at once.
  private static let pieceBytes = 1 << 20

  init(_ sink: any ArtifactSink) {
    self.sink = sink
    buffer.reserveCapacity(Self.pieceBytes + Self.pieceBytes / 4)
  }

  /// - Parameter line: appends a line, with its line feed.
  func append(_ line: (inout [UInt8]) -> Void) async throws {
    line(&buffer)
    count += 1
    if buffer.count >= Self.pieceBytes { try await flush() }
  }

  func finish() async throws {
    try await flush()
    try await sink.write(gzip.finish())
  }

  private func flush() async throws {
    let piece = gzip.compress(buffer)
    buffer.removeAll(keepingCapacity: true)
    if !piece.isEmpty { try await sink.write(piece) }
  }
}
