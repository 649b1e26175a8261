import CTJSON

// Assertions about numbers and strings (2020-12 validation, sections 6.2, 6.3 and 7).
extension ValidationRun {
  mutating func check(_ schema: Schema, _ number: JSONNumber) {
    if let divisor = schema.multipleOf, !number.isMultiple(of: divisor) {
      fail("multipleOf", "expected a multiple of \(divisor)")
    }
    if let limit = schema.minimum, number < limit { fail("minimum", "expected \(limit) or more") }
    if let limit = schema.maximum, number > limit { fail("maximum", "expected \(limit) or less") }
    if let limit = schema.exclusiveMinimum, number <= limit { fail("exclusiveMinimum", "expected more than \(limit)") }
    if let limit = schema.exclusiveMaximum, number >= limit { fail("exclusiveMaximum", "expected less than \(limit)") }
  }

  mutating func check(_ schema: Schema, _ string: String) {
    if schema.minLength != nil || schema.maxLength != nil {
      let count = string.unicodeScalars.count
      if let limit = schema.minLength, count < limit {
        fail("minLength", "expected \(limit) or more characters, found \(count)")
      }
      if let limit = schema.maxLength, count > limit {
        fail("maxLength", "expected at most \(limit) characters, found \(count)")
      }
    }
    if let pattern = schema.pattern, !matches(pattern, string) { fail("pattern", "does not match \(pattern)") }
    if let format = schema.format, !FormatAssertion.holds(format, string) { fail("format", "is no \(format)") }
  }

  func matches(_ pattern: String, _ string: String) -> Bool {
    index.patterns[ExactString(pattern)]?.matches(string) ?? true
  }
}
