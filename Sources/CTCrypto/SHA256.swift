/// SHA-256 (FIPS 180-4), piece by piece or in one call.
///
///     let digest = SHA256.hash(body)
///
/// One value may hash any number of messages, one after the other: ``finish()`` begins the next.
public struct SHA256: ~Copyable {
  private let context = DigestContext()

  public init() { context.start() }

  /// Adds bytes to the message.
  public mutating func update(_ bytes: some Collection<UInt8>) { bytes.withContiguousBytes { context.update($0) } }

  /// Adds bytes to the message.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) { context.update(bytes) }

  /// Adds the bytes of a digest to the message.
  public mutating func update(_ digest: Digest) { digest.withUnsafeBytes { context.update($0) } }

  /// The digest of the message; what is added afterwards belongs to a new one.
  public mutating func finish() -> Digest {
    let digest = context.finish()
    context.start()
    return digest
  }

  /// The digest of one message.
  public static func hash(_ bytes: some Collection<UInt8>) -> Digest {
    let context = DigestContext()
    context.start()
    bytes.withContiguousBytes { context.update($0) }
    return context.finish()
  }
}
