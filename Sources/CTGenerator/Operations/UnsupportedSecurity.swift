internal import CTSpec

/// Refuses security that the loader takes and the server would not enforce (OpenAPI 3.1, sections 4.8.27 and 4.8.30).
struct UnsupportedSecurity {
  let document: OpenAPIDocument
  private var diagnostics = Diagnostics()

  static func check(_ document: OpenAPIDocument, _ diagnostics: inout Diagnostics) {
    var check = Self(document: document)
    for requirement in document.operations.flatMap(\.security) { check.visit(requirement) }
    for diagnostic in check.diagnostics.sorted { diagnostics.append(diagnostic) }
  }

  private init(document: OpenAPIDocument) { self.document = document }

  private mutating func visit(_ requirement: SecurityRequirement) {
    var (bearers, signatures) = (0, 0)
    for (name, roles) in requirement.schemes {
      guard let scheme = document.securityScheme(name) else { continue }
      switch scheme.kind {
      case .http(scheme: "bearer", _): bearers += 1
      case .apiKey(.header, _, .some):
        signatures += 1
        if !roles.isEmpty { refuse(requirement, "'\(name)' is a signature, which has no roles: they are a token's") }
      case .apiKey(_, _, .some):
        refuse(scheme, "a signature is read from a header only", "write 'in: header'")
      case .apiKey: refuse(scheme, "an API key cannot be enforced", "write a scheme 'http' with 'bearer'")
      case .http(let kind, _): refuse(scheme, "the HTTP scheme '\(kind)' cannot be enforced", "write 'bearer'")
      }
    }
    if bearers > 1 { refuse(requirement, "a request has one token, and cannot satisfy two schemes at once") }
    if signatures > 1 { refuse(requirement, "a request is signed once, and cannot satisfy two schemes at once") }
  }

  private mutating func refuse(_ requirement: SecurityRequirement, _ message: String) {
    diagnostics.error("unsupported-security", at: requirement.location, message)
  }

  private mutating func refuse(_ scheme: SecurityScheme, _ message: String, _ suggestion: String) {
    diagnostics.error("unsupported-security", at: scheme.location, message, suggestion: suggestion)
  }
}
