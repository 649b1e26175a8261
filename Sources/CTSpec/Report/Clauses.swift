/// Where each rule about documents and schemas comes from, as far as one section says it.
enum Clauses {
  /// Such as `JSON Schema Validation 2020-12, 6.1.1`.
  static func of(_ rule: String) -> String? {
    sections[rule] ?? openAPI[rule].map { "OpenAPI 3.1.0, \($0)" }
      ?? core[rule].map { "JSON Schema Core 2020-12, \($0)" }
  }

  private static let sections: [String: String] = [
    "body-not-allowed": "RFC 9110, 9.3", "duplicate-key": "RFC 8259, 4", "invalid-utf8": "RFC 3629, 3",
    "header-name": "RFC 9110, 5.6.2", "json-syntax": "RFC 8259, 2",
    "unknown-format": "JSON Schema Validation 2020-12, 7.3",
    "unknown-type": "JSON Schema Validation 2020-12, 6.1.1", "yaml-number": "YAML 1.2.2, 10.3.2",
    "yaml-tag": "YAML 1.2.2, 10.3.1",
  ]

  private static let openAPI: [String: String] = [
    "component-name": "4.8.7", "discriminator-alone": "4.8.25", "discriminator-branch": "4.8.25",
    "duplicate-parameter": "4.8.10", "duplicate-path": "4.8.8", "duplicate-tag": "4.8.1", "ignored-header": "4.8.12",
    "media-type": "4.8.14",
    "missing-schema": "4.8.14", "openapi-version": "4.8.1", "operation-id": "4.8.10", "parameter-style": "4.8.12",
    "path-parameter-missing": "4.8.12", "path-parameter-required": "4.8.12", "path-parameter-unknown": "4.8.12",
    "path-syntax": "4.8.8", "reference-sibling": "4.8.23", "unknown-security-scheme": "4.8.30",
    "unknown-status": "4.8.16",
  ]

  private static let core: [String: String] = [
    "duplicate-anchor": "8.2.2", "duplicate-id": "8.2.1", "id-fragment": "8.2.1", "id-syntax": "8.2.1",
    "pattern": "6.4",
    "reference-cycle": "9.4.1", "reference-type": "8.2.3.1", "schema-expected": "4.3", "unknown-dialect": "8.1.1",
    "unresolved-reference": "8.2.3.1",
  ]
}
