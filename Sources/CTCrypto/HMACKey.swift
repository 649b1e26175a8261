/// A key prepared for HMAC-SHA-256 (RFC 2104): both padded blocks are hashed once, here, and not for each message. Any
/// number of threads may use one key at the same time.
public final class HMACKey: Sendable {
  private let inner: DigestContext
  private let outer: DigestContext

  private static let blockSize = 64

  /// Prepares a key of any length; those over 64 bytes are hashed first (RFC 2104, section 2).
  public init(_ key: some Collection<UInt8>) {
    var block = key.count > Self.blockSize ? SHA256.hash(key).bytes : Array(key)
    block += repeatElement(0, count: Self.blockSize - block.count)
    inner = Self.state(after: block.map { $0 ^ 0x36 })
    outer = Self.state(after: block.map { $0 ^ 0x5c })
  }

  private static func state(after block: [UInt8]) -> DigestContext {
    var context = DigestContext()
    block.withUnsafeBytes { context.update($0) }
    return context
  }

  /// The tag of a message.
  @inlinable public func tag(_ message: some Collection<UInt8>) -> Digest {
    message.withContiguousBytes { tag(of: $0) }
  }

  /// The tag of a message.
  public func tag(_ message: UnsafeRawBufferPointer) -> Digest { tag(of: message) }

  /// Whether `tag` is the message's, compared in constant time.
  @inlinable public func isValid(_ tag: Digest, for message: some Collection<UInt8>) -> Bool {
    self.tag(message).isEqualInConstantTime(to: tag)
  }

  /// Whether 64 lower-case hexadecimal digits are the message's tag; the comparison is constant-time.
  @inlinable public func isValid(hexTag: some Collection<UInt8>, for message: some Collection<UInt8>) -> Bool {
    guard let tag = Digest(hex: hexTag) else { return false }
    return isValid(tag, for: message)
  }

  @usableFromInline func tag(of message: UnsafeRawBufferPointer) -> Digest {
    var context = inner
    context.update(message)
    let hashed = context.finish()
    context = outer
    hashed.withUnsafeBytes { context.update($0) }
    return context.finish()
  }
}
