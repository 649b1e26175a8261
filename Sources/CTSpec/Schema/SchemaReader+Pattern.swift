extension SchemaReader {
  /// Compiles a regular expression, or reports why it cannot be.
  func check(pattern source: String, at location: SourceLocation) {
    do throws(Pattern.Fault) {
      try context.compile(pattern: source)
    } catch {
      self.error("pattern", at: location, error.description)
    }
  }
}
