public import CTCrypto

/// What a deployment brings to the operations.
public struct APIEnvironment: Sendable {
  public var security: any SecurityPolicy
  public var redactor: any Redactor
  /// Makes the keyed digest of a body, by which repeats are told from other bodies under the same id.
  public var digestBody: @Sendable ([UInt8]) -> BodyDigest
  /// Encrypts a body that is to be kept as it came: handlers see it only so. `nil` where none is kept.
  public var sealBody: (@Sendable ([UInt8]) -> [UInt8])?
  public var observer: any RequestObserver
  /// The most bytes a body may have.
  public var bodyLimit: Int
  /// What tokens are for, as `WWW-Authenticate` says (RFC 9110, section 11.5).
  public var realm: String
  /// What each address may ask without a token that is right; `nil` for as much as it likes.
  public var anonymous: AddressBuckets?

  /// - Parameters:
  ///   - security: knows the tokens and secrets; by default there are none, and only what is open to all can be called.
  ///   - redactor: stands in for personal data; by default all that is marked is masked, and nothing else is looked at.
  ///   - digestBody: SHA-256 without a key, by default.
  ///   - observer: hears of responses; by default nobody does.
  ///   - bodyLimit: the most bytes a body may have; 1 MiB by default.
  ///   - realm: what tokens are for.
  ///   - anonymous: what each address may ask without a token that is right; by default as much as it likes.
  public init(
    security: any SecurityPolicy = NoTokens(), redactor: any Redactor = MaskingRedactor(),
    digestBody: @escaping @Sendable ([UInt8]) -> BodyDigest = { SHA256.hash($0) },
    observer: any RequestObserver = NoObserver(), bodyLimit: Int = 1 << 20, realm: String = "api",
    anonymous: AddressBuckets? = nil
  ) {
    self.security = security
    self.redactor = redactor
    self.digestBody = digestBody
    self.observer = observer
    self.bodyLimit = bodyLimit
    self.realm = realm
    self.anonymous = anonymous
  }
}

/// Knows no token and no secret.
public struct NoTokens: SecurityPolicy {
  public init() {}
  public func principal(bearer token: ArraySlice<UInt8>) -> Principal? { nil }
  public func isSigned(_ body: [UInt8], by hexadecimal: ArraySlice<UInt8>, algorithm: SignatureAlgorithm) -> Bool {
    false
  }
}

/// Puts the same mask on everything that is marked.
public struct MaskingRedactor: Redactor {
  public init() {}
  public func replacement(for rule: RedactionRule, value: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    Array("\"[redacted]\"".utf8)
  }
  public func inspect(name: UnsafeBufferPointer<UInt8>, text: UnsafeBufferPointer<UInt8>) -> InspectedText? { nil }
}

/// Tells nobody.
public struct NoObserver: RequestObserver {
  public init() {}
  public func didRespond(_ summary: RequestSummary) {}
  public func didFail(operation: String, requestID: RequestID, _ error: any Error) {}
}
