import CZlib

/// What is no gzip stream, or was cut off or changed.
package struct GzipError: Error, Sendable, CustomStringConvertible {
  package let description: String
}

/// Expands a stream of gzip (RFC 1952), which may have several members.
final class GzipReader {
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private var buffer = [UInt8](repeating: 0, count: 1 << 18)
  private var isAtEnd = false

  /// The largest window, and 16 for a gzip header.
  private static let windowBits: Int32 = 15 + 16

  init() {
    stream.initialize(to: z_stream())
    let status = inflateInit2_(stream, Self.windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib has no memory")
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Calls `body` with what some more bytes expand to, in pieces.
  func expand(_ bytes: [UInt8], _ body: (ArraySlice<UInt8>) throws -> Void) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      if isAtEnd {
        inflateReset(stream)
        isAtEnd = false
      }
      rest = try step(rest, body)
    }
  }

  /// Makes sure that the stream was whole.
  func finish() throws(GzipError) {
    if !isAtEnd { throw GzipError(description: "the gzip stream is cut off") }
  }

  /// - Returns: what was not used up.
  private func step(_ bytes: ArraySlice<UInt8>, _ body: (ArraySlice<UInt8>) throws -> Void) throws -> ArraySlice<UInt8>
  {
    var status = Z_OK
    var left = 0
    var count = 0
    bytes.withUnsafeBufferPointer { input in
      stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
      stream.pointee.avail_in = UInt32(input.count)
      buffer.withUnsafeMutableBufferPointer { space in
        stream.pointee.next_out = space.baseAddress
        stream.pointee.avail_out = UInt32(space.count)
        status = inflate(stream, Z_NO_FLUSH)
        count = space.count - Int(stream.pointee.avail_out)
      }
      left = Int(stream.pointee.avail_in)
    }
    guard status == Z_OK || status == Z_STREAM_END || (status == Z_BUF_ERROR && left == 0) else {
      throw GzipError(description: "this is no gzip stream, or it was changed (zlib \(status))")
    }
    isAtEnd = status == Z_STREAM_END
    if count > 0 { try body(buffer[..<count]) }
    if left == 0, count == buffer.count, !isAtEnd { try drain(body) }
    return bytes.suffix(left)
  }

  /// What still comes out although nothing more goes in.
  private func drain(_ body: (ArraySlice<UInt8>) throws -> Void) throws {
    while !isAtEnd {
      var status = Z_OK
      let count = buffer.withUnsafeMutableBufferPointer { space in
        stream.pointee.next_out = space.baseAddress
        stream.pointee.avail_out = UInt32(space.count)
        status = inflate(stream, Z_NO_FLUSH)
        return space.count - Int(stream.pointee.avail_out)
      }
      guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else {
        throw GzipError(description: "this is no gzip stream, or it was changed (zlib \(status))")
      }
      isAtEnd = status == Z_STREAM_END
      if count > 0 { try body(buffer[..<count]) }
      if count < buffer.count { return }
    }
  }
}
