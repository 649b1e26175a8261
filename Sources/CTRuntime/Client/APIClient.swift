internal import CTHTTP
public import CTJSON

/// Sends what generated clients ask for: adds the token, signs, and repeats what the server asks to repeat.
public struct APIClient: Sendable {
  public var transport: any ClientTransport
  public var credentials: ClientCredentials
  public var retry: RetryPolicy

  public init(transport: any ClientTransport, credentials: ClientCredentials = .init(), retry: RetryPolicy = .init()) {
    self.transport = transport
    self.credentials = credentials
    self.retry = retry
  }

  /// - Parameter retries: how often a 429 or 503 that carries `Retry-After` is tried again.
  public init(transport: any ClientTransport, credentials: ClientCredentials = .init(), retries: Int) {
    self.init(transport: transport, credentials: credentials, retry: RetryPolicy(attempts: retries))
  }

  /// - Throws: ``ClientError`` and what the transport throws.
  public func send(_ request: ClientRequest) async throws -> ClientResponse {
    let prepared = try credentials.prepare(request)
    var attempt = 0
    while true {
      let response = try await transport.send(prepared)
      guard attempt < retry.attempts, let delay = retry.delay(after: response) else { return response }
      attempt += 1
      try await retry.sleep(delay)
    }
  }
}

/// What carries requests: HTTP in earnest, or a handler in the same process in tests.
public protocol ClientTransport: Sendable {
  func send(_ request: ClientRequest) async throws -> ClientResponse
}

/// A token and a secret, and the way to put them on a request.
public struct ClientCredentials: Sendable {
  public var token: String?
  /// Makes the HMAC of a body, as hexadecimal digits.
  public var sign: (@Sendable (_ body: [UInt8], SignatureAlgorithm) -> String)?

  public init(token: String? = nil, sign: (@Sendable ([UInt8], SignatureAlgorithm) -> String)? = nil) {
    self.token = token
    self.sign = sign
  }

  func prepare(_ request: ClientRequest) throws(ClientError) -> ClientRequest {
    var request = request
    if request.isAuthorized, let token { request.addHeader("Authorization", "Bearer \(token)") }
    if let rule = request.signature {
      guard let sign else { throw ClientError("this operation has to be signed: give the client a secret") }
      request.addHeader(rule.field, rule.prefix + sign(request.body, rule.algorithm))
    }
    return request
  }
}

/// A call that did not come to a documented response.
public struct ClientError: Error, Sendable, CustomStringConvertible {
  public let description: String
  /// What of the response breaks its schema.
  public let violations: [SchemaViolation]

  public init(_ description: String, violations: [SchemaViolation] = []) {
    self.description = description
    self.violations = violations
  }

  init(_ subject: String, _ fault: JSONDecodingFault) {
    switch fault {
    case .syntax(let error):
      self.init("\(subject) is not JSON: at byte \(error.offset), \(error.reason.rawValue)")
    case .violations(let violations):
      let list = violations.map { "\($0.pointer.isEmpty ? "the whole" : $0.pointer): \($0.detail) (\($0.keyword))" }
      self.init("\(subject) is not what the spec says: \(list.joined(separator: "; "))", violations: violations)
    }
  }
}
