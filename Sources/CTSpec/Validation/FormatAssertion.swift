internal import CTJSON

/// `format`, asserted (2020-12 validation, section 7.3); ``SchemaKeywords/formats`` lists what is.
package enum FormatAssertion {
  /// Whether a text has a format. `regex` is what the pattern parser takes; the others are plain grammars.
  package static func holds(_ format: String, _ text: String) -> Bool {
    format == "regex" ? (try? Pattern(text)) != nil : StringFormats.holds(format, Array(text.utf8))
  }
}
