/// One way to authenticate (OpenAPI 3.1, section 4.8.27).
package struct SecurityScheme: Sendable {
  package enum Kind: Sendable {
    /// An HTTP authentication scheme, lower case: `bearer` or `basic`.
    case http(scheme: String, bearerFormat: String?)
    case apiKey(in: Parameter.Location, name: String, hmac: HMACRule?)
  }

  package var name: String
  package var kind: Kind
  package var description: String?
  package var location: SourceLocation
}

/// What a signature covers and how it is written: `x-ct-hmac`.
package struct HMACRule: Hashable, Sendable {
  package enum Algorithm: String, Hashable, Sendable, CaseIterable {
    case sha256
  }

  package enum SignedPart: String, Hashable, Sendable, CaseIterable {
    /// The raw bytes of the body.
    case body
  }

  package var algorithm: Algorithm
  /// What stands before the hexadecimal digest, such as `sha256=`.
  package var prefix: String
  package var over: SignedPart
}
