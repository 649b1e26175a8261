package import CTJSON

/// Interprets a schema.
package struct SchemaValidator: Sendable {
  package let index: SpecIndex
  package init(index: SpecIndex) { self.index = index }
  package func validate(_ value: JSONValue, against id: SchemaID) -> [SchemaViolation] { [] }
}
