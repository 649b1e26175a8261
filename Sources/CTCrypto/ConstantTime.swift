import COpenSSL

/// Comparison that does not tell, by the time it takes, how much of a secret a guess got right.
public enum ConstantTime {
  /// Whether both are the same bytes. The time depends on the counts alone, which are not secret.
  public static func areEqual(_ first: some Collection<UInt8>, _ second: some Collection<UInt8>) -> Bool {
    guard first.count == second.count else { return false }
    return first.withContiguousBytes { left in
      second.withContiguousBytes { right in CRYPTO_memcmp(left.baseAddress, right.baseAddress, left.count) == 0 }
    }
  }
}
