/// An OpenAPI 3.1 description as a generator and a conformance tool need it: references resolved, defaults filled in,
/// every element located.
package struct OpenAPIDocument: Sendable {
  package struct Info: Sendable {
    package var title: String
    package var version: String
    package var description: String?
    package var summary: String?
    package var location: SourceLocation
  }

  package struct Server: Sendable {
    package var url: String
    package var description: String?
    package var location: SourceLocation
  }

  package struct Tag: Sendable {
    package var name: String
    package var description: String?
    package var location: SourceLocation
  }

  package let file: String
  package let root: SpecNode
  /// The version of OpenAPI, such as `3.1.0`.
  package let openapi: String
  package let info: Info
  package let servers: [Server]
  package let tags: [Tag]
  /// In document order.
  package let operations: [Operation]
  package let securitySchemes: [SecurityScheme]
  /// `components/schemas`, in document order.
  package let componentSchemas: [(name: String, schema: SchemaID)]
  package let index: SpecIndex

  /// The scheme of that name in `components/securitySchemes`.
  package func securityScheme(_ name: String) -> SecurityScheme? {
    securitySchemes.first { ExactString($0.name) == ExactString(name) }
  }
}
