import CZlib

/// Compresses a stream to gzip (RFC 1952).
final class GzipWriter {
  /// zlib's state points back at this value, so it must not move.
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)

  /// 1: fast. Events repeat themselves so much that more effort gains little.
  private static let level: Int32 = 1
  /// The largest window, and 16 for a gzip header.
  private static let windowBits: Int32 = 15 + 16

  init() {
    stream.initialize(to: z_stream())
    let status = deflateInit2_(
      stream, Self.level, Z_DEFLATED, Self.windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib has no memory")
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
  }

  /// What there is to be written after some more bytes; may be nothing yet.
  func compress(_ bytes: [UInt8]) -> [UInt8] { run(bytes, Z_NO_FLUSH) }

  /// The rest.
  func finish() -> [UInt8] { run([], Z_FINISH) }

  private func run(_ bytes: [UInt8], _ flush: Int32) -> [UInt8] {
    var output: [UInt8] = []
    bytes.withUnsafeBufferPointer { input in
      // zlib does not write to its input.
      stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
      stream.pointee.avail_in = UInt32(input.count)
      repeat {
        let count = buffer.withUnsafeMutableBufferPointer { space in
          stream.pointee.next_out = space.baseAddress
          stream.pointee.avail_out = UInt32(space.count)
          let status = deflate(stream, flush)
          precondition(status != Z_STREAM_ERROR, "zlib's state was overwritten")
          return space.count - Int(stream.pointee.avail_out)
        }
        output += buffer[..<count]
      } while stream.pointee.avail_out == 0
    }
    return output
  }
}
