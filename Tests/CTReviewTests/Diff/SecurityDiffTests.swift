import Testing

/// Changes of who may call.
@Suite struct SecurityDiffTests {
  static let fine = "responses: {'200': {description: Fine.}}"

  static let cases: [DiffCase] = [
    .get(
      "roles", "security: [{bearer: [a, b]}], \(fine)", "security: [{bearer: [c, b]}], \(fine)",
      [
        "security-role-removed 4:41 4:41 a caller with 'bearer' as 'a' is no longer let in",
        "security-role-added 4:41 4:41 a caller with 'bearer' as 'c' is let in now",
      ]),
    .get(
      "order means nothing", "security: [{bearer: [a, b]}, {}], \(fine)", "security: [{}, {bearer: [b, a]}], \(fine)",
      []),
    .get(
      "nobody anonymous any more", fine, "security: [{bearer: [a]}], \(fine)",
      [
        "security-tightened 4:8 4:41 a caller without credentials is no longer let in"
      ]),
    .get(
      "anybody", "security: [{bearer: [a]}], \(fine)", "security: [], \(fine)",
      [
        "security-loosened 4:41 4:8 a caller without credentials is let in now"
      ]),
    .get(
      "a second scheme", "security: [{bearer: [a]}], \(fine)", "security: [{bearer: [a], key: []}], \(fine)",
      [
        "security-tightened 4:41 4:41 a caller with 'bearer' as 'a' is no longer let in"
      ]),
    .get(
      "any role", "security: [{bearer: [a]}], \(fine)", "security: [{bearer: []}], \(fine)",
      [
        "security-role-added 4:41 4:41 a caller with 'bearer' other than as 'a' is let in now"
      ]),
    .get(
      "no longer any role", "security: [{bearer: []}], \(fine)", "security: [{bearer: [b, a]}], \(fine)",
      [
        "security-role-removed 4:41 4:41 a caller with 'bearer' other than as 'a' or 'b' is no longer let in"
      ]),
    scheme(
      "another header", "name: X-Key", "name: X-Api-Key",
      [
        "security-scheme-changed 5:37 5:37 the security scheme 'key' has another name"
      ]),
    renamed(
      "another name", "key: {type: apiKey, in: header, name: K}", "token: {type: apiKey, in: header, name: k}", []),
    renamed(
      "another name and place", "key: {type: apiKey, in: header, name: K}",
      "token: {type: apiKey, in: query, name: K}",
      [
        "security-tightened 4:41 4:41 a caller with 'key' as 'r' is no longer let in",
        "security-loosened 4:41 4:41 a caller with 'token' as 'r' is let in now",
      ]),
    DiffCase(
      name: "a scheme that nothing uses",
      old: api(paths: "  {}", components: "components: {securitySchemes: {k: {type: http, scheme: bearer}}}"),
      new: api(paths: "  {}", components: "components: {securitySchemes: {k: {type: http, scheme: basic}}}"),
      finds: ["unused-security-scheme-changed 5:35 5:35 the security scheme 'k' has another HTTP scheme"]),
    scheme("another case in a header", "name: X-Key", "name: x-key", []),
    scheme(
      "another case in a query", "name: key", "name: KEY", in: "query",
      ["security-scheme-changed 5:37 5:37 the security scheme 'key' has another name"]),
    scheme(
      "another case in a cookie", "name: key", "name: Key", in: "cookie",
      ["security-scheme-changed 5:37 5:37 the security scheme 'key' has another name"]),
    scheme(
      "another signature", "name: S, x-ct-hmac: {algorithm: sha256, over: body}",
      "name: s, x-ct-hmac: {algorithm: sha256, over: body, prefix: 'v1='}",
      [
        "security-scheme-changed 5:37 5:37 the security scheme 'key' has another prefix"
      ]),
  ]

  static func scheme(
    _ name: String, _ old: String, _ new: String, in place: String = "header", _ finds: [String]
  ) -> DiffCase {
    func files(_ text: String) -> [String: String] {
      api(
        paths: "  /a: {get: {operationId: a, security: [{key: []}], \(fine)}}",
        components: "components: {securitySchemes: {key: {type: apiKey, in: \(place), \(text)}}}")
    }
    return DiffCase(name: name, old: files(old), new: files(new), finds: finds)
  }

  /// An operation that asks for the only scheme, with a role.
  static func renamed(_ name: String, _ old: String, _ new: String, _ finds: [String]) -> DiffCase {
    func files(_ scheme: String) -> [String: String] {
      api(
        paths: "  /a: {get: {operationId: a, security: [{\(scheme.prefix { $0 != ":" }): [r]}], \(fine)}}",
        components: "components: {securitySchemes: {\(scheme)}}")
    }
    return DiffCase(name: name, old: files(old), new: files(new), finds: finds)
  }

  @Test(arguments: cases) func change(_ example: DiffCase) throws { try example.check() }
}
