import COpenSSL

/// Random bytes for keys, nonces and tokens, from OpenSSL's generator, which the kernel seeds.
public enum SecureRandom {
  /// `count` unpredictable bytes. Traps when the system has no randomness to give: nothing safe can follow.
  public static func bytes(_ count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      precondition(RAND_bytes(buffer.baseAddress, Int32(count)) == 1, "no randomness")
      initialized = count
    }
  }
}
