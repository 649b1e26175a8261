extension SchemaReader {
  /// Checks that a regular expression can be compiled.
  func check(pattern: String, at location: SourceLocation) {
  }
}
