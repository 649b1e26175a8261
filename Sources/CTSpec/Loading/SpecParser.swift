/// Reads a file into nodes: JSON if it is called `….json`, or else YAML.
package enum SpecParser {
  /// Containers within containers, in one file.
  static let maximumDepth = 512

  /// The root, or `nil` where it cannot be read as a whole, which is reported. There may be faults within it, too: what has
  /// errors is read on to find all of them, and not to be used.
  package static func parse(_ bytes: [UInt8], file: String, diagnostics: inout Diagnostics) -> SpecNode? {
    var text = SourceText(bytes, file: file)
    if let offset = text.firstInvalidByte() {
      diagnostics.error("invalid-utf8", at: text.location(of: offset), "these bytes are not UTF-8")
      return nil
    }
    if file.lowercased().hasSuffix(".json") { return JSONParser.parse(text, &diagnostics) }
    return YAMLParser.parse(text, &diagnostics)
  }
}
