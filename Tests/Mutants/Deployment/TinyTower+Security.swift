internal import CTCrypto
internal import CTHTTP
internal import CTSpec

extension TinyTower {
  /// Who calls; nil for nobody, where that is allowed.
  func authenticate(_ head: HTTPRequestHead, _ operation: Operation) throws(Refusal) -> Caller? {
    guard !operation.security.isEmpty else { return nil }
    if has(.tokenIgnored) { return Caller(role: "owner", source: nil) }
    let field = head.value(of: "authorization").map { String(decoding: $0, as: UTF8.self) }
    guard let field else {
      if operation.security.contains(where: \.schemes.isEmpty) { return nil }
      throw unauthorized("A bearer token is needed.")
    }
    guard field.lowercased().hasPrefix("bearer "), let caller = callers[String(field.dropFirst(7))] else {
      throw unauthorized("A bearer token is needed.")
    }
    let roles = operation.security.flatMap(\.schemes).flatMap(\.roles)
    guard roles.contains(caller.role) else {
      if operation.security.contains(where: \.schemes.isEmpty) { return nil }
      throw Refusal(403, "This needs another role.")
    }
    return caller
  }

  /// The signature over the raw body.
  func checkSignature(_ request: HTTPRequest) throws(Refusal) {
    if has(.signatureIgnored) { return }
    let refusal = unauthorized("A signature of the body is needed.")
    guard let field = request.head.value(of: "x-ct-signature") else { throw refusal }
    guard field.starts(with: "sha256=".utf8) else { throw refusal }
    let tag = field.dropFirst(7)
    if has(.signatureOfAnyBody), tag.count == 64 { return }
    guard key.isValid(hexTag: tag, for: request.body) else { throw refusal }
  }

  private func unauthorized(_ detail: String) -> Refusal { Refusal(has(.refusalIsForbidden) ? 403 : 401, detail) }
}
