internal import CTHTTP

extension APIHandler {
  /// Finds an alternative of `security` that the request satisfies, as far as its head tells.
  func authorize(
    _ head: HTTPRequestHead, _ operation: OperationDescriptor
  ) throws(ProblemDetails) -> (Principal?, SignatureRule?) {
    guard !operation.security.isEmpty else { return (nil, nil) }
    let tokens = head.values(of: "authorization")
    if tokens.isEmpty {
      // Nobody says who calls: only an alternative without a token will do.
      if let open = operation.security.first(where: { $0.bearerRoles == nil }) { return (nil, open.signature) }
      throw unauthorized(describing: "A bearer token is needed: Authorization: Bearer …")
    }
    // A token that is sent has to be right, even where none is needed.
    guard tokens.count == 1, let token = Self.bearer(tokens[0]),
      let caller = environment.security.principal(bearer: token)
    else {
      throw unauthorized(describing: "The bearer token is not known, or has expired.")
    }
    guard let requirement = operation.security.first(where: { $0.bearerRoles?.contains(caller.role) ?? true }) else {
      let roles = operation.security.flatMap { $0.bearerRoles ?? [] }.joined(separator: ", ")
      throw ProblemDetails(.forbidden, "This needs a token with one of the roles: \(roles).")
    }
    return (caller, requirement.signature)
  }

  /// The same words for a signature that is missing and one that is wrong: a forger learns nothing from them.
  func checkSignature(_ request: HTTPRequest, _ rule: SignatureRule) throws(ProblemDetails) {
    let values = request.head.values(of: rule.field)
    if values.count == 1, values[0].starts(with: rule.prefix.utf8),
      environment.security.isSigned(
        request.body, by: values[0].dropFirst(rule.prefix.utf8.count), algorithm: rule.algorithm)
    {
      return
    }
    throw unauthorized(
      describing:
        "The header \(rule.field) has to be \(rule.prefix) and the hexadecimal HMAC of the raw body, in lower case.")
  }

  private func unauthorized(describing detail: String) -> ProblemDetails {
    let challenge = "Bearer realm=\"\(environment.realm)\""
    return ProblemDetails(.unauthorized, detail, fields: ["WWW-Authenticate": HTTPFieldValue(lossy: challenge)])
  }

  /// The token of `Authorization: Bearer token68` (RFC 6750, section 2.1); the scheme's case does not matter.
  private static func bearer(_ value: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let scheme = Array("bearer ".utf8)
    guard value.count > scheme.count,
      value.prefix(scheme.count).elementsEqual(scheme, by: { $0 == $1 || $0 | 0x20 == $1 })
    else { return nil }
    return value.dropFirst(scheme.count).drop { $0 == 0x20 }
  }
}
