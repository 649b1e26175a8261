/// SHA-256 (FIPS 180-4), piece by piece or in one call.
///
///     let digest = SHA256.hash(body)
///
/// One value may hash any number of messages, one after the other: ``finish()`` begins the next.
public struct SHA256: Sendable {
  private var context = DigestContext()

  public init() {}

  /// Adds bytes to the message.
  @inlinable public mutating func update(_ bytes: some Collection<UInt8>) { bytes.withContiguousBytes { add($0) } }

  /// Adds bytes to the message.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) { add(bytes) }

  @usableFromInline mutating func add(_ bytes: UnsafeRawBufferPointer) { context.update(bytes) }

  /// Adds the bytes of a digest to the message.
  public mutating func update(_ digest: Digest) { digest.withUnsafeBytes { context.update($0) } }

  /// The digest of the message; what is added afterwards belongs to a new one.
  public mutating func finish() -> Digest {
    let digest = context.finish()
    context = DigestContext()
    return digest
  }

  /// The digest of one message.
  @inlinable public static func hash(_ bytes: some Collection<UInt8>) -> Digest {
    bytes.withContiguousBytes { hash(of: $0) }
  }

  @usableFromInline static func hash(of bytes: UnsafeRawBufferPointer) -> Digest {
    var context = DigestContext()
    context.update(bytes)
    return context.finish()
  }
}
