/// One operation: a method on a path (OpenAPI 3.1, section 4.8.10).
package struct Operation: Sendable {
  /// `operationId`
  package var id: String
  /// Upper case: `GET`, `POST`, …
  package var method: String
  package var path: PathTemplate
  package var summary: String?
  package var description: String?
  package var tags: [String]
  package var deprecated: Bool
  /// Those of the path item and of the operation, which win.
  package var parameters: [Parameter]
  package var requestBody: RequestBody?
  /// In document order.
  package var responses: [Response]
  /// One of these must be met: the operation's own, or else the document's. Empty: nothing is asked.
  package var security: [SecurityRequirement]
  /// Of the method's key.
  package var location: SourceLocation
}

/// A path with its parameters apart (OpenAPI 3.1, section 4.8.8).
package struct PathTemplate: Hashable, Sendable {
  package enum Segment: Hashable, Sendable {
    case literal(String)
    case parameter(String)
  }

  /// As written: `/events/{id}`.
  package var raw: String
  package var segments: [Segment]

  /// The names of the parameters, in order.
  package var parameterNames: [String] {
    segments.compactMap { if case .parameter(let name) = $0 { name } else { nil } }
  }
}

/// Schemes that must all be met at once (OpenAPI 3.1, section 4.8.30). Empty: anonymous.
package struct SecurityRequirement: Sendable {
  package var schemes: [(name: String, roles: [String])]
  package var location: SourceLocation
}

/// One parameter (OpenAPI 3.1, section 4.8.12).
package struct Parameter: Sendable {
  package enum Location: String, Hashable, Sendable, CaseIterable {
    case path, query, header, cookie
  }

  package enum Style: String, Hashable, Sendable, CaseIterable {
    case matrix, label, simple, form, spaceDelimited, pipeDelimited, deepObject
  }

  package var name: String
  /// `in`
  package var placement: Location
  package var required: Bool
  package var deprecated: Bool
  package var description: String?
  /// As written, or the default of its place: `form` for query and cookie, `simple` for path and header.
  package var style: Style
  /// As written, or true for `form` and false for all others.
  package var explode: Bool
  package var schema: SchemaID
  package var examples: [Example]
  package var location: SourceLocation
}

/// One example value (OpenAPI 3.1, section 4.8.19).
package struct Example: Sendable {
  package var name: String?
  package var value: SpecNode
}
