/// The address of a schema: a file and a JSON Pointer (RFC 6901) within it. Compared byte by byte: names that differ only
/// in how an accent is written are different members.
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

extension SchemaID {
  package static func == (a: Self, b: Self) -> Bool {
    ExactString(a.pointer) == ExactString(b.pointer) && ExactString(a.file) == ExactString(b.file)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(ExactString(file))
    hasher.combine(ExactString(pointer))
  }
}

extension SchemaID: Comparable, CustomStringConvertible {
  package static func < (a: Self, b: Self) -> Bool { (a.file, a.pointer) < (b.file, b.pointer) }

  /// `file#pointer`, as a `$ref` writes it.
  package var description: String { "\(file)#\(pointer)" }
}
