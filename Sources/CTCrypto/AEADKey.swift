import COpenSSL

/// A key for AES-256-GCM (NIST SP 800-38D): secrecy, and proof that nothing was changed.
///
/// A sealed box is `nonce (12) ‖ ciphertext ‖ tag (16)`. Nonces are random, so one key seals at most 2^32 messages
/// (SP 800-38D, section 8.3).
public struct AEADKey: Sendable {
  public static let byteCount = 32
  static let nonceCount = 12
  static let tagCount = 16

  private let key: [UInt8]

  /// A key of exactly 32 bytes; `nil` for any other count.
  public init?(_ key: some Collection<UInt8>) {
    guard key.count == Self.byteCount else { return nil }
    self.key = Array(key)
  }

  /// A new random key.
  public init() { key = SecureRandom.bytes(Self.byteCount) }

  /// The key itself, to be stored where secrets are.
  public var bytes: [UInt8] { key }

  /// Encrypts `plaintext` and authenticates it together with `context`, which is not stored in the box: opening needs
  /// the same `context`, such as the name under which the box lies.
  public func seal(_ plaintext: [UInt8], context: [UInt8] = []) -> [UInt8] {
    seal(plaintext, context: context, nonce: SecureRandom.bytes(Self.nonceCount))
  }

  /// Seals under a nonce of the caller's; for known-answer tests. A nonce used twice gives both messages away.
  func seal(_ plaintext: [UInt8], context: [UInt8], nonce: [UInt8]) -> [UInt8] {
    precondition(nonce.count == Self.nonceCount)
    let cipher = CipherContext(encrypting: true, key: key, nonce: nonce)
    guard cipher.authenticate(context), let ciphertext = cipher.update(plaintext), cipher.finish() else {
      fatalError("OpenSSL refused to seal")
    }
    return nonce + ciphertext + cipher.tag(count: Self.tagCount)
  }

  /// The plaintext of a box that this key sealed with this `context`; `nil` when anything was changed or cut off.
  public func open(_ box: [UInt8], context: [UInt8] = []) -> [UInt8]? {
    guard box.count >= Self.nonceCount + Self.tagCount else { return nil }
    let nonce = Array(box.prefix(Self.nonceCount))
    let tag = Array(box.suffix(Self.tagCount))
    let cipher = CipherContext(encrypting: false, key: key, nonce: nonce)
    guard cipher.authenticate(context),
      let plaintext = cipher.update(Array(box.dropFirst(Self.nonceCount).dropLast(Self.tagCount))),
      cipher.expect(tag: tag), cipher.finish()
    else { return nil }
    return plaintext
  }
}
