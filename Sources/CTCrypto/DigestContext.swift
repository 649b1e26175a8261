import COpenSSL

/// The state of a SHA-256 (FIPS 180-4) under way: a value, copied by assignment.
///
/// These are OpenSSL's functions of the algorithm itself. Its newer interface wants a context on the heap for each message,
/// and a copy of it for each half of an HMAC, which is most of what a small hash costs: docs/adr/0048.
///
/// None of the calls can fail: the state is ours, and there is nothing to allocate.
struct DigestContext: Sendable {
  private var state = SHA256_CTX()

  /// Begins a message.
  init() { check(SHA256_Init(&state)) }

  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    check(SHA256_Update(&state, bytes.baseAddress, bytes.count))
  }

  /// The digest of all that was given, with which the message ends.
  consuming func finish() -> Digest {
    Digest { bytes in
      check(SHA256_Final(bytes.bindMemory(to: UInt8.self).baseAddress, &state))
    }
  }

  private func check(_ status: Int32) { precondition(status == 1, "OpenSSL refused a SHA-256 operation") }
}
