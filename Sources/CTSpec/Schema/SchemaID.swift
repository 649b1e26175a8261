/// The address of a schema: a file and a JSON Pointer (RFC 6901) within it. Compared byte by byte: names that differ only
/// in how an accent is written are different members.
package struct SchemaID: Hashable, Sendable {
  /// The path as it was given, or as a `$ref` made it relative to the file that was given.
  package let file: String
  /// Empty for the whole file.
  package let pointer: String
  /// Worked out once, and from the parent's: addresses are looked up far more often than made.
  private let digest: UInt64

  package init(file: String, pointer: String) {
    self.file = file
    self.pointer = pointer
    digest = Self.digest(pointer.utf8, after: Self.digest(file.utf8, after: 0xCBF2_9CE4_8422_2325))
  }

  private init(_ parent: SchemaID, appending suffix: String) {
    file = parent.file
    pointer = parent.pointer + suffix
    digest = Self.digest(suffix.utf8, after: parent.digest)
  }

  /// The address of a member.
  package func appending(_ token: String) -> SchemaID {
    SchemaID(self, appending: JSONPointer.appending(token, to: ""))
  }

  /// The address of an element.
  package func appending(_ index: Int) -> SchemaID { SchemaID(self, appending: "/\(index)") }

  /// FNV-1a (Fowler, Noll, Vo).
  private static func digest(_ bytes: String.UTF8View, after start: UInt64) -> UInt64 {
    bytes.reduce(start) { ($0 ^ UInt64($1)) &* 0x0100_0000_01B3 }
  }
}

extension SchemaID {
  package static func == (a: Self, b: Self) -> Bool {
    a.digest == b.digest && ExactString(a.pointer) == ExactString(b.pointer)
      && ExactString(a.file) == ExactString(b.file)
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(digest) }
}

extension SchemaID: Comparable, CustomStringConvertible {
  package static func < (a: Self, b: Self) -> Bool {
    (ExactString(a.file), ExactString(a.pointer)) < (ExactString(b.file), ExactString(b.pointer))
  }

  /// `file#pointer`, as a `$ref` writes it.
  package var description: String { "\(file)#\(pointer)" }
}
