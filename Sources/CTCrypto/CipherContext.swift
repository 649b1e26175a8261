import COpenSSL

/// An OpenSSL cipher context for one AES-256-GCM message (EVP_EncryptInit(3), "AEAD Interface").
struct CipherContext: ~Copyable {
  private let context: OpaquePointer

  /// `key` has 32 bytes and `nonce` 12, the count that GCM uses by default.
  init(encrypting: Bool, key: [UInt8], nonce: [UInt8]) {
    guard let context = EVP_CIPHER_CTX_new() else { fatalError("out of memory for a cipher context") }
    self.context = context
    let status = EVP_CipherInit_ex2(context, Method.aes256GCM.cipher, key, nonce, encrypting ? 1 : 0, nil)
    precondition(status == 1, "OpenSSL refused an AES-256-GCM key")
  }

  deinit { EVP_CIPHER_CTX_free(context) }

  /// Adds bytes that are authenticated but not encrypted.
  func authenticate(_ bytes: [UInt8]) -> Bool {
    var count: Int32 = 0
    return bytes.isEmpty || EVP_CipherUpdate(context, nil, &count, bytes, Int32(bytes.count)) == 1
  }

  /// Encrypts or decrypts; GCM gives as many bytes as it takes.
  func update(_ bytes: [UInt8]) -> [UInt8]? {
    if bytes.isEmpty { return [] }
    var succeeded = false
    let output = [UInt8](unsafeUninitializedCapacity: bytes.count) { buffer, initialized in
      var count: Int32 = 0
      succeeded = EVP_CipherUpdate(context, buffer.baseAddress, &count, bytes, Int32(bytes.count)) == 1
      initialized = succeeded ? Int(count) : 0
    }
    return succeeded ? output : nil
  }

  /// Ends the message; when decrypting, whether the tag was right.
  func finish() -> Bool {
    var block = [UInt8](repeating: 0, count: 16)
    var count: Int32 = 0
    return EVP_CipherFinal_ex(context, &block, &count) == 1
  }

  /// The tag of an encrypted message, after ``finish()``.
  func tag(count: Int) -> [UInt8] {
    var tag = [UInt8](repeating: 0, count: count)
    let status = EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, Int32(count), &tag)
    precondition(status == 1, "OpenSSL gave no tag")
    return tag
  }

  /// Sets the tag that ``finish()`` will demand.
  func expect(tag: [UInt8]) -> Bool {
    var tag = tag
    return EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(tag.count), &tag) == 1
  }
}

/// A cipher as OpenSSL fetched it, once for the process.
///
/// Sendable although it holds a pointer: an `EVP_CIPHER` is never changed after the fetch and is never freed here
/// (openssl-threads(7)).
private struct Method: @unchecked Sendable {
  let cipher: OpaquePointer

  static let aes256GCM: Method = {
    guard let cipher = EVP_CIPHER_fetch(nil, "AES-256-GCM", nil) else { fatalError("this OpenSSL has no AES-256-GCM") }
    return Method(cipher: cipher)
  }()
}
