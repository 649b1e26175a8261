package enum YAMLParser {
  package static func parse(_ bytes: [UInt8], file: String, diagnostics: inout Diagnostics) -> SpecNode? { nil }
}
