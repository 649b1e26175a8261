/// The one list of what is refused in schemas, and why.
package enum SchemaKeywords {
  /// Keywords of 2020-12 that nothing here enforces: ignoring them would be a promise not kept.
  package static let unenforceable: [String: String] = [
    "contentEncoding": "the encoding of strings is not checked",
    "contentMediaType": "the content of strings is not checked",
    "contentSchema": "the content of strings is not checked",
    "$dynamicRef": "write '$ref'",
    "$vocabulary": "only the vocabularies of 2020-12 are known",
  ]

  /// Keywords of other drafts and of OpenAPI 3.0, with what 2020-12 says instead.
  package static let foreign: [String: String] = [
    "definitions": "write '$defs'",
    "dependencies": "write 'dependentRequired' or 'dependentSchemas'",
    "additionalItems": "write 'items' beside 'prefixItems'",
    "id": "write '$id'",
    "nullable": "write 'null' into 'type', as in type: [string, 'null']",
    "example": "write 'examples' with an array",
    "xml": "only JSON is read and written",
    "$recursiveRef": "write '$ref'",
    "$recursiveAnchor": "write '$anchor'",
  ]

  /// The formats that are asserted (2020-12 validation, section 7.3).
  package static let formats: [String] = [
    "date-time", "date", "time", "duration", "email", "hostname", "ipv4", "ipv6", "json-pointer", "regex", "uri",
    "uri-reference", "uuid",
  ]

  /// Formats that many know from elsewhere, with what can be enforced instead.
  package static let foreignFormats: [String: String] = [
    "int32": "write 'minimum' and 'maximum'", "int64": "write 'minimum' and 'maximum'",
    "float": "leave it out: numbers keep their digits", "double": "leave it out: numbers keep their digits",
    "password": "leave it out", "byte": "write a 'pattern'", "binary": "leave it out",
    "uri-template": "write a 'pattern'", "iri": "write 'uri'", "iri-reference": "write 'uri-reference'",
    "idn-email": "write 'email'", "idn-hostname": "write 'hostname'",
    "relative-json-pointer": "write a 'pattern'",
  ]

  /// The dialects that `$schema` may name: 2020-12, and OpenAPI 3.1's, which adds `discriminator` to it.
  package static let dialects: [String] = [
    "https://json-schema.org/draft/2020-12/schema", "https://spec.openapis.org/oas/3.1/dialect/base",
  ]
}
