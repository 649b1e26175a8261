/// Of each keyword that is present in a schema, where its name stands.
///
/// Schemas have few keywords, so that looking through them is faster than a dictionary for each schema.
package struct KeywordLocations {
  private let members: [SpecNode.Member]

  init(_ node: SpecNode) { members = node.members ?? [] }

  package var count: Int { members.count }

  package var keys: some Sequence<String> { members.lazy.map(\.key) }

  package subscript(_ keyword: String) -> SourceLocation? { members.first { $0.key == keyword }?.keyLocation }

  private static let besideReference: Set<String> = [
    "$ref", "$comment", "$id", "$anchor", "$defs", "$schema", "title", "description", "summary", "examples", "default",
    "deprecated", "readOnly", "writeOnly",
  ]

  /// Whether nothing but annotations stands beside `$ref`.
  var saysNothingBesideReference: Bool {
    members.allSatisfy {
      Self.besideReference.contains($0.key) || $0.key.hasPrefix("x-") && !$0.key.hasPrefix("x-ct-")
    }
  }
}
