/// What a deployment knows of tokens and secrets. The rules that ask for them come from the spec.
public protocol SecurityPolicy: Sendable {
  /// Whom the token stands for, or `nil` where it is unknown or has expired.
  func principal(bearer token: ArraySlice<UInt8>) -> Principal?

  /// Whether the hexadecimal digits are the HMAC of the body under one of the current secrets, compared in constant time.
  func isSigned(_ body: [UInt8], by hexadecimal: ArraySlice<UInt8>, algorithm: SignatureAlgorithm) -> Bool
}

/// The algorithms that `x-ct-hmac` may name.
public enum SignatureAlgorithm: String, Sendable {
  case sha256
}

/// One alternative of an operation's `security`: all of its schemes have to be satisfied.
public struct SecurityRequirement: Sendable {
  /// The roles of which the bearer token has to hold one, or none where any token will do; `nil` where no token is asked for.
  public var bearerRoles: [String]?
  /// The signature that the body has to carry; `nil` where none is asked for.
  public var signature: SignatureRule?

  public init(bearerRoles: [String]? = nil, signature: SignatureRule? = nil) {
    self.bearerRoles = bearerRoles
    self.signature = signature
  }
}

/// A scheme with `x-ct-hmac`: an HMAC over the raw body in a header.
public struct SignatureRule: Sendable {
  public var field: String
  /// What stands before the hexadecimal digits, such as `sha256=`.
  public var prefix: String
  public var algorithm: SignatureAlgorithm

  public init(field: String, prefix: String, algorithm: SignatureAlgorithm) {
    self.field = field
    self.prefix = prefix
    self.algorithm = algorithm
  }
}
