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
        "security-role-added 4:41 4:41 a caller with 'bearer' is let in now"
      ]),
    scheme(
      "another header", "name: X-Key", "name: X-Api-Key",
      [
        "security-scheme-changed 5:37 5:37 the security scheme 'key' has another name"
      ]),
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
      api(paths: "  {}", components: "components: {securitySchemes: {key: {type: apiKey, in: \(place), \(text)}}}")
    }
    return DiffCase(name: name, old: files(old), new: files(new), finds: finds)
  }

  @Test(arguments: cases) func change(_ example: DiffCase) throws { try example.check() }
}
