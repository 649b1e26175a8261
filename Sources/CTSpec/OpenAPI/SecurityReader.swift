/// Reads security schemes and requirements (OpenAPI 3.1, sections 4.8.27 and 4.8.30).
struct SecurityReader {
  private let context: OpenAPIContext

  init(_ context: OpenAPIContext) { self.context = context }

  private enum SchemeType: String, CaseIterable {
    case http, apiKey, oauth2, openIdConnect, mutualTLS
  }

  func scheme(_ name: String, _ node: SpecNode, _ id: SchemaID) -> SecurityScheme? {
    guard let place = context.resolved(node, id, "security scheme") else { return nil }
    let reader = ObjectReader(place.node, place.id, "security scheme", context.load)
    if !reader.has("type") { reader.reportMissing("type") }
    let type: SchemeType? = reader.choice("type")
    let description = reader.string("description")
    guard let type, let kind = kind(type, reader) else { return nil }
    reader.finish()
    return SecurityScheme(name: name, kind: kind, description: description, location: node.location)
  }

  private func kind(_ type: SchemeType, _ reader: ObjectReader) -> SecurityScheme.Kind? {
    switch type {
    case .http:
      let scheme = reader.requiredString("scheme").lowercased()
      let format = reader.string("bearerFormat")
      if ["bearer", "basic", ""].contains(scheme) { return .http(scheme: scheme, bearerFormat: format) }
      let location = reader.any("scheme")?.location ?? reader.node.location
      context.error(
        "unenforceable-security", at: location, "the HTTP scheme '\(scheme)' cannot be enforced",
        suggestion: EditDistance.suggestion(for: scheme, among: ["bearer", "basic"]))
      return nil
    case .apiKey:
      if !reader.has("in") { reader.reportMissing("in") }
      let placement: Parameter.Location = reader.choice("in") ?? .header
      let name = reader.requiredString("name")
      if let node = reader.any("name"), node.string != nil { check(name, in: placement, at: node.location) }
      if placement == .path {
        context.error(
          "unknown-value", at: reader.any("in")?.location ?? reader.node.location,
          "an API key is in query, header or cookie, not in the path")
      }
      return .apiKey(in: placement, name: name, hmac: hmac(reader))
    case .oauth2, .openIdConnect, .mutualTLS:
      context.error(
        "unenforceable-security", at: reader.any("type")?.location ?? reader.node.location,
        "security of type '\(type.rawValue)' cannot be enforced", suggestion: "write 'http' or 'apiKey'")
      return nil
    }
  }

  private func check(_ name: String, in placement: Parameter.Location, at location: SourceLocation) {
    if name.isEmpty {
      context.error("wrong-value", at: location, "the name of an API key must not be empty")
    } else if placement == .header {
      context.check(headerName: name, at: location)
    }
  }

  /// `x-ct-hmac`: the key is not sent, it signs.
  private func hmac(_ scheme: ObjectReader) -> HMACRule? {
    guard let node = scheme.any("x-ct-hmac") else { return nil }
    let reader = ObjectReader(node, scheme.id.appending("x-ct-hmac"), "signature rule", context.load)
    for key in ["algorithm", "over"] where !reader.has(key) { reader.reportMissing(key) }
    let rule = HMACRule(
      algorithm: reader.choice("algorithm") ?? .sha256, prefix: reader.string("prefix") ?? "",
      over: reader.choice("over") ?? .body)
    reader.finish()
    return rule
  }

  /// The requirements that stand at `security`, or `nil` if there is no such field.
  func requirements(of reader: ObjectReader) -> [SecurityRequirement]? {
    guard reader.has("security") else { return nil }
    return reader.list("security").map { requirement($0) }
  }

  private func requirement(_ node: SpecNode) -> SecurityRequirement {
    if node.members == nil {
      context.error(
        "object-expected", at: node.location, "a security requirement must be an object, not \(node.article)")
    }
    let schemes: [(name: String, roles: [String])] = (node.members ?? []).map { member in
      check(member)
      return (member.key, roles(member))
    }
    return SecurityRequirement(schemes: schemes, location: node.location)
  }

  private func check(_ member: SpecNode.Member) {
    let name = ExactString(member.key)
    guard context.schemes[name] == nil else { return }
    let components = context.load.node(at: SchemaID(file: context.file, pointer: "/components/securitySchemes"))
    let names = (components?.members ?? []).map(\.key)
    if names.contains(where: { ExactString($0) == name }) { return }  // there, but faulty
    context.error(
      "unknown-security-scheme", at: member.keyLocation,
      "there is no security scheme '\(member.key)' in components/securitySchemes",
      suggestion: EditDistance.suggestion(for: member.key, among: names))
  }

  private func roles(_ member: SpecNode.Member) -> [String] {
    let holder = SpecNode(.object([member]), at: member.value.location)
    let id = SchemaID(file: member.keyLocation.file, pointer: "")
    return ObjectReader(holder, id, "security requirement", context.load).names(member.key)
  }
}
