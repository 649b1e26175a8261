extension Collection<UInt8> {
  /// Calls `body` with the bytes in one piece: in place where the collection keeps them so (arrays, slices, buffers,
  /// UTF-8 views of native strings), else from a copy.
  @inlinable func withContiguousBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    if let result = try withContiguousStorageIfAvailable({ try body(UnsafeRawBufferPointer($0)) }) { return result }
    return try Array(self).withUnsafeBytes(body)
  }
}
