internal import CTHTTP

extension APIHandler {
  /// Finds the alternatives of `security` that the request satisfies, as far as its head tells, and takes the request out
  /// of what its token, or else its address, may ask. Operations that nobody has to show a token for (whether the tower
  /// is alive, the spec) are not counted: a supervisor must always get its answer.
  ///
  /// - Returns: who calls, and these alternatives.
  func authorize(
    _ head: HTTPRequestHead, _ operation: ServedOperation, _ peer: SocketAddress
  ) throws(ProblemDetails) -> (Principal?, [SecurityRequirement]) {
    guard !operation.descriptor.security.isEmpty else { return (nil, []) }
    if head.value(of: "authorization") == nil {
      try limit(peer, operation)
      // Nobody says who calls: only an alternative without a token will do.
      let alternatives = operation.descriptor.alternatives(for: nil)
      if !alternatives.isEmpty { return (nil, alternatives) }
      throw unauthorized(describing: "A bearer token is needed: Authorization: Bearer …")
    }
    // A token that is sent has to be right, even where none is needed.
    guard let token = head.onlyValue(of: "authorization").flatMap(Self.bearer),
      let caller = environment.security.principal(bearer: token)
    else {
      // Counted too, so that tokens cannot be guessed at full speed.
      try limit(peer, operation)
      throw unauthorized(describing: "The bearer token is not known, or has expired.")
    }
    if let seconds = caller.bucket?.take() { throw tooMany("with this token", seconds, caller, operation) }
    let alternatives = operation.descriptor.alternatives(for: caller)
    if alternatives.isEmpty {
      let roles = operation.descriptor.security.flatMap { $0.bearerRoles ?? [] }.joined(separator: ", ")
      throw ProblemDetails(.forbidden, "This needs a token with one of the roles: \(roles).")
    }
    return (caller, alternatives)
  }

  private func limit(_ peer: SocketAddress, _ operation: ServedOperation) throws(ProblemDetails) {
    guard let seconds = environment.anonymous?.take(from: peer) else { return }
    throw tooMany("from this address without a token that is known", seconds, nil, operation)
  }

  private func tooMany(
    _ whose: String, _ seconds: Int, _ caller: Principal?, _ operation: ServedOperation
  ) -> ProblemDetails {
    environment.observer.didLimit(caller, operation: operation.descriptor.id)
    let wait = seconds == 1 ? "a second" : "\(seconds) seconds"
    return ProblemDetails(
      .tooManyRequests, "Too many requests \(whose). Try again in \(wait).", retryAfter: seconds)
  }

  /// The same words for a signature that is missing and one that is wrong: a forger learns nothing from them.
  func checkSignature(_ request: HTTPRequest, _ alternatives: [SecurityRequirement]) throws(ProblemDetails) {
    var missing: SignatureRule?
    for alternative in alternatives {
      guard let rule = alternative.signature else { return }
      if let value = request.head.onlyValue(of: rule.field), value.starts(with: rule.prefix.utf8),
        environment.security.isSigned(
          request.body, by: value.dropFirst(rule.prefix.utf8.count), algorithm: rule.algorithm)
      {
        return
      }
      missing = missing ?? rule
    }
    guard let missing else { return }
    throw unauthorized(
      describing:
        "The header \(missing.field) has to be \(missing.prefix) and the hexadecimal HMAC of the raw body, in lower case."
    ).refusal
  }

  private func unauthorized(describing detail: String) -> ProblemDetails {
    let challenge = "Bearer realm=\"\(environment.realm)\""
    return ProblemDetails(.unauthorized, detail, fields: ["WWW-Authenticate": HTTPFieldValue(lossy: challenge)])
  }

  /// The token of `Authorization: Bearer token68` (RFC 6750, section 2.1); the scheme's case does not matter.
  private static func bearer(_ value: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let scheme: StaticString = "bearer "
    let length = scheme.utf8CodeUnitCount
    guard value.count > length else { return nil }
    for offset in 0..<length where value[value.startIndex + offset] | 0x20 != scheme.utf8Start[offset] { return nil }
    return value.dropFirst(length).drop { $0 == 0x20 }
  }
}

extension OperationDescriptor {
  /// The alternatives of `security` that are open to this caller, in whatever order they stand.
  fileprivate func alternatives(for caller: Principal?) -> [SecurityRequirement] {
    // Mostly all or none of them, and then no list is made.
    if security.allSatisfy({ $0.isOpen(to: caller) }) { return security }
    return security.filter { $0.isOpen(to: caller) }
  }
}

extension SecurityRequirement {
  fileprivate func isOpen(to caller: Principal?) -> Bool {
    guard let bearerRoles else { return true }
    guard let caller else { return false }
    return bearerRoles.isEmpty || bearerRoles.contains(caller.role)
  }
}
