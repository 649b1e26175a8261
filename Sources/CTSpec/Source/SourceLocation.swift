/// Where something stands in a file. Lines and columns count from 1; columns count Unicode code points.
package struct SourceLocation: Hashable, Sendable {
  /// The path as it was given, or as a `$ref` made it relative to the file that was given.
  package var file: String
  package var line: Int
  package var column: Int

  package init(file: String, line: Int = 1, column: Int = 1) {
    self.file = file
    self.line = line
    self.column = column
  }
}

extension SourceLocation: Comparable, CustomStringConvertible {
  package static func < (a: Self, b: Self) -> Bool {
    (a.file, a.line, a.column) < (b.file, b.line, b.column)
  }

  /// `file:line:column`, as compilers write it.
  package var description: String { "\(file):\(line):\(column)" }
}
