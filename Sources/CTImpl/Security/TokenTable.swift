package import CTCrypto
package import CTJSON
package import CTRuntime

/// The tokens and secrets of a deployment. Tokens are known by their SHA-256 only.
package struct TokenTable: SecurityPolicy {
  package struct Entry: Sendable {
    var principal: Principal
    /// From this instant on the token is refused; `nil` for one that lasts as long as the process.
    var expires: Timestamp?

    package init(principal: Principal, expires: Timestamp?) {
      self.principal = principal
      self.expires = expires
    }
  }

  private let entries: [Digest: Entry]
  private let secrets: [HMACKey]
  private let clock: TowerClock

  /// - Parameters:
  ///   - entries: by the SHA-256 of the token.
  ///   - secrets: a signature made with any of them is right.
  package init(entries: [Digest: Entry], secrets: [[UInt8]], clock: TowerClock) {
    self.entries = entries
    self.secrets = secrets.map { HMACKey($0) }
    self.clock = clock
  }

  // What can be told from the time of a look-up is a part of a digest, from which no token follows.
  package func principal(bearer token: ArraySlice<UInt8>) -> Principal? {
    guard let entry = entries[SHA256.hash(token)] else { return nil }
    if let expires = entry.expires, expires <= clock.now() { return nil }
    return entry.principal
  }

  package func isSigned(
    _ body: [UInt8], by hexadecimal: ArraySlice<UInt8>, algorithm: SignatureAlgorithm
  ) -> Bool {
    switch algorithm {
    case .sha256: secrets.contains { $0.isValid(hexTag: hexadecimal, for: body) }
    }
  }
}
