/// Reads a file into nodes: JSON if it is called `….json`, or else YAML.
package enum SpecParser {
  /// The root, or `nil` where it cannot be read as a whole, which is reported.
  package static func parse(_ bytes: [UInt8], file: String, diagnostics: inout Diagnostics) -> SpecNode? {
    YAMLParser.parse(bytes, file: file, diagnostics: &diagnostics)
  }
}
