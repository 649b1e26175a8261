/// The address of a schema: a file and a JSON Pointer (RFC 6901) within it.
package struct SchemaID: Hashable, Sendable {
  /// The path as it was given, or as a `$ref` made it relative to the file that was given.
  package var file: String
  /// Empty for the whole file.
  package var pointer: String

  package init(file: String, pointer: String) {
    self.file = file
    self.pointer = pointer
  }

  /// The address of a member.
  package func appending(_ token: String) -> SchemaID {
    SchemaID(file: file, pointer: JSONPointer.appending(token, to: pointer))
  }

  /// The address of an element.
  package func appending(_ index: Int) -> SchemaID { SchemaID(file: file, pointer: "\(pointer)/\(index)") }
}

extension SchemaID: Comparable, CustomStringConvertible {
  package static func < (a: Self, b: Self) -> Bool { (a.file, a.pointer) < (b.file, b.pointer) }

  /// `file#pointer`, as a `$ref` writes it.
  package var description: String { "\(file)#\(pointer)" }
}
