internal import CTCrypto
internal import CTHTTP
internal import CTJSON
internal import CTSpec

extension TinyTower {
  /// Who calls; nil for nobody, where that is allowed.
  func authenticate(_ head: HTTPRequestHead, _ operation: Operation) throws(Refusal) -> Caller? {
    guard !operation.security.isEmpty else { return nil }
    if has(.tokenIgnored) { return Caller(role: "owner", source: nil) }
    let isOpen = operation.security.contains(where: \.schemes.isEmpty)
    guard let field = head.value(of: "authorization") else {
      if isOpen { return nil }
      throw unauthorized("A bearer token is needed.")
    }
    guard let caller = caller(String(decoding: field, as: UTF8.self)) else {
      if isOpen, has(.unknownTokenIsAnonymous) { return nil }
      throw unauthorized("A bearer token is needed.")
    }
    guard mayCall(caller, operation) else {
      if isOpen { return nil }
      throw Refusal(403, "This needs another role.")
    }
    return caller
  }

  private func caller(_ field: String) -> Caller? {
    let scheme = field.prefix { $0 != " " }
    let isBearer = has(.schemeIsCaseSensitive) ? scheme == "Bearer" : scheme.lowercased() == "bearer"
    guard isBearer || has(.anySchemeAccepted) else { return nil }
    let token = String(field.dropFirst(scheme.count + 1))
    if has(.tokenPrefixAccepted), let known = callers.keys.first(where: { token.hasPrefix($0) }) {
      return callers[known]
    }
    return callers[token]
  }

  private func mayCall(_ caller: Caller, _ operation: Operation) -> Bool {
    switch (operation.id, caller.role) {
    case ("createEvent", "viewer") where has(.viewerMaySend): true
    case ("createEvent", "owner") where has(.ownerMayNotSend): false
    case ("listEvents", "producer") where has(.producerMayList): true
    case ("listEvents", "viewer") where has(.viewerMayNotList): false
    case ("listSystems", _) where has(.anybodyMayListSystems): true
    default: operation.security.flatMap(\.schemes).flatMap(\.roles).contains(caller.role)
    }
  }

  private func unauthorized(_ detail: String) -> Refusal { Refusal(has(.refusalIsForbidden) ? 403 : 401, detail) }

  /// The signature over the raw body.
  func checkSignature(_ request: HTTPRequest) throws(Refusal) {
    if has(.signatureIgnored) { return }
    guard let octets = request.head.value(of: "x-ct-signature") else {
      if has(.missingSignatureAccepted) { return }
      throw unauthorized(has(.signatureTellsWhy) ? "There is no signature." : "A signature of the body is needed.")
    }
    guard isSignature(String(decoding: octets, as: UTF8.self), of: request.body) else {
      throw unauthorized("A signature of the body is needed.")
    }
  }

  private func isSignature(_ text: String, of body: [UInt8]) -> Bool {
    var text = text
    if has(.emptySignatureAccepted), text.isEmpty { return true }
    if has(.quotedSignatureAccepted) { text = text.filter { $0 != "\"" } }
    if has(.signatureListAccepted) { text = String(text.prefix { $0 != "," }) }
    if has(.prefixIsOptional), !text.contains("=") { text = "sha256=" + text }
    if has(.prefixInAnyCase), let equals = text.firstIndex(of: "=") {
      text = text[..<equals].lowercased() + text[equals...]
    }
    if has(.sha1Accepted), text.hasPrefix("sha1=") { text = "sha256=" + text.dropFirst(5) }
    guard text.hasPrefix("sha256=") else { return false }
    return isTag(String(text.dropFirst(7)), of: body)
  }

  private func isTag(_ text: String, of body: [UInt8]) -> Bool {
    var tag = has(.digitsInAnyCase) ? text.lowercased() : text
    let right = key.tag(body).hex
    if has(.signatureOfAnyBody), tag.count == 64 { return true }
    if has(.halfTagAccepted), tag.count >= 32, right.hasPrefix(tag) { return true }
    if has(.longTagAccepted) { tag = String(tag.prefix(64)) }
    if has(.plainDigestAccepted), tag == SHA256.hash(body).hex { return true }
    if has(.emptyKeyAccepted), tag == HMACKey([]).tag(body).hex { return true }
    if has(.signatureOverMeaning), let value = try? JSONValue(parsing: body) {
      return tag == key.tag(JSONWriter.write(value)).hex
    }
    return tag == right
  }
}
