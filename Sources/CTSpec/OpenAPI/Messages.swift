/// The body of a request (OpenAPI 3.1, section 4.8.13).
package struct RequestBody: Sendable {
  package var required: Bool
  package var description: String?
  package var content: [MediaType]
  package var location: SourceLocation
}

/// One representation of a body (OpenAPI 3.1, section 4.8.14).
package struct MediaType: Sendable {
  /// Lower case, such as `application/json`.
  package var name: String
  package var schema: SchemaID?
  package var examples: [Example]
  package var location: SourceLocation
}

/// One response (OpenAPI 3.1, section 4.8.17).
package struct Response: Sendable {
  package enum Status: Hashable, Sendable {
    case code(Int)
    /// `4XX` is 4.
    case range(Int)
    case `default`
  }

  package var status: Status
  package var description: String
  package var headers: [Header]
  package var content: [MediaType]
  /// The name under `components/responses` if it is referenced.
  package var componentName: String?
  /// Of the status.
  package var location: SourceLocation
}

/// One response header (OpenAPI 3.1, section 4.8.21).
package struct Header: Sendable {
  package var name: String
  package var required: Bool
  package var description: String?
  package var schema: SchemaID
  package var examples: [Example]
  package var location: SourceLocation
}
