internal import CTCrypto
public import CTRuntime

/// The cards of the staff. Their numbers are kept as digests, so that nobody reads them here.
public struct Cards: SecurityPolicy {
  private let roles: [Digest: Principal]

  /// - Parameter roles: the role of each card.
  public init(_ roles: [String: String]) {
    self.roles = Dictionary(
      uniqueKeysWithValues: roles.map { (SHA256.hash($0.utf8), Principal(name: $1, role: $1)) })
  }

  public func principal(bearer token: ArraySlice<UInt8>) -> Principal? { roles[SHA256.hash(token)] }

  /// Nothing is signed here.
  public func isSigned(_ body: [UInt8], by hexadecimal: ArraySlice<UInt8>, algorithm: SignatureAlgorithm) -> Bool {
    false
  }
}
