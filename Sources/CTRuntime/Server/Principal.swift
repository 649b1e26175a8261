/// Whom a token stands for.
public struct Principal: Sendable, Hashable {
  /// The token's name in the configuration: for logs and audits, never the token itself.
  public var name: String
  /// One of the roles that the spec lists.
  public var role: String
  /// The only source whose events a producer may send; `nil` for staff.
  public var source: String?
  /// What the token may still ask; `nil` for as much as it likes.
  public var bucket: TokenBucket?

  public init(name: String, role: String, source: String? = nil, bucket: TokenBucket? = nil) {
    self.name = name
    self.role = role
    self.source = source
    self.bucket = bucket
  }
}
