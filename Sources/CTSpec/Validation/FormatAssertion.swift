internal import CTJSON

/// `format`, asserted (2020-12 validation, section 7.3); ``SchemaKeywords/formats`` lists what is.
package enum FormatAssertion {
  /// Whether a text has a format.
  package static func holds(_ format: String, _ text: String) -> Bool {
    StringFormats.holds(format, Array(text.utf8))
  }
}
