public import CTJSON

/// The assertions of JSON Schema Validation, section 6, each on a value that was just read and starts at `at`.
extension ValidationContext {
  // MARK: Strings (section 6.3)

  @inlinable @inline(__always)
  public mutating func check(
    _ text: JSONText, minLength: Int? = nil, maxLength: Int? = nil, at: Int, _ json: inout JSONReader
  ) {
    // Where bytes and characters are the same, which is mostly so, nothing is called.
    if text.isASCII, minLength ?? 0 <= text.utf8Count, text.utf8Count <= maxLength ?? .max { return }
    checkLength(text, minLength, maxLength, at: at, &json)
  }

  @usableFromInline mutating func checkLength(
    _ text: JSONText, _ minLength: Int?, _ maxLength: Int?, at: Int, _ json: inout JSONReader
  ) {
    let length = json.scalarCount(text)
    if let minLength, length < minLength {
      fail("minLength", at: at, "expected \(minLength) or more characters, found \(length)")
    }
    if let maxLength, length > maxLength {
      fail("maxLength", at: at, "expected at most \(maxLength) characters, found \(length)")
    }
  }

  public mutating func check(
    _ text: JSONText, pattern: CompiledPattern, at: Int, _ json: inout JSONReader
  ) {
    if !json.withBytes(of: text, { pattern.matches($0, isASCII: text.isASCII) }) {
      fail("pattern", at: at, "does not match \(pattern.source)")
    }
  }

  /// The `format` keyword, asserted (JSON Schema Validation, section 7).
  public mutating func check(
    _ text: JSONText, format: StringFormat, at: Int, _ json: inout JSONReader
  ) {
    if !json.withBytes(of: text, { format.accepts($0) }) { fail("format", at: at, "is not a \(format.rawValue)") }
  }

  /// A `date-time`, as its value.
  public mutating func dateTime(_ text: JSONText, at: Int, _ json: inout JSONReader) -> Timestamp? {
    let value = json.withBytes(of: text) { Timestamp($0) }
    if value == nil { fail("format", at: at, "is not a date-time, such as 2025-09-27T12:03:00Z") }
    return value
  }

  /// An `enum` of strings: the index of the value among them.
  public mutating func enumeration(
    _ text: JSONText, _ values: JSONNameTable, at: Int, _ json: inout JSONReader
  ) -> Int? {
    let index = values.index(of: text, in: &json)
    if index >= 0 { return index }
    fail("enum", at: at, "expected one of \(values.list)")
    return nil
  }

  @inlinable
  public mutating func check(_ text: JSONText, const: StaticString, at: Int, _ json: inout JSONReader) {
    if !json.equals(text, const) { fail("const", at: at, "expected \"\(const)\"") }
  }

  /// A `const` that is one of the values of an `enum` beside it, which then has nothing more to say.
  @inlinable
  public mutating func check(
    _ text: JSONText, const: StaticString, of values: @autoclosure () -> JSONNameTable, at: Int,
    _ json: inout JSONReader
  ) {
    if json.equals(text, const) { return }
    _ = enumeration(text, values(), at: at, &json)
    check(text, const: const, at: at, &json)
  }

  // MARK: Numbers (section 6.2)

  @inlinable @inline(__always)
  public mutating func check(
    _ token: JSONNumberToken, minimum: NumberBound? = nil, maximum: NumberBound? = nil,
    exclusiveMinimum: NumberBound? = nil, exclusiveMaximum: NumberBound? = nil, at: Int, _ json: inout JSONReader
  ) {
    // What is within its bounds is mostly seen without a call.
    if exclusiveMinimum == nil, exclusiveMaximum == nil, minimum?.isSurelyAtMost(token) ?? true,
      maximum?.isSurelyAtLeast(token) ?? true
    {
      return
    }
    checkBounds(token, minimum, maximum, exclusiveMinimum, exclusiveMaximum, at: at, &json)
  }

  @usableFromInline mutating func checkBounds(
    _ token: JSONNumberToken, _ minimum: NumberBound?, _ maximum: NumberBound?, _ exclusiveMinimum: NumberBound?,
    _ exclusiveMaximum: NumberBound?, at: Int, _ json: inout JSONReader
  ) {
    if let minimum, minimum.isAbove(token, &json) {
      fail("minimum", at: at, "expected \(minimum.lexeme) or more")
    }
    if let maximum, maximum.isBelow(token, &json) {
      fail("maximum", at: at, "expected \(maximum.lexeme) or less")
    }
    if let bound = exclusiveMinimum, !bound.isBelow(token, &json) {
      fail("exclusiveMinimum", at: at, "expected more than \(bound.lexeme)")
    }
    if let bound = exclusiveMaximum, !bound.isAbove(token, &json) {
      fail("exclusiveMaximum", at: at, "expected less than \(bound.lexeme)")
    }
  }

  @inlinable @inline(__always)
  public mutating func check(
    _ token: JSONNumberToken, multipleOf divisor: NumberDivisor, at: Int, _ json: inout JSONReader
  ) {
    if !divisor.divides(token, &json) { failMultiple(of: divisor, at: at) }
  }

  @usableFromInline mutating func failMultiple(of divisor: NumberDivisor, at: Int) {
    fail("multipleOf", at: at, "expected a multiple of \(divisor.lexeme)")
  }

  // MARK: Containers (sections 6.4 and 6.5)

  public mutating func check(count: Int, minItems: Int? = nil, maxItems: Int? = nil, at: Int) {
    if let minItems, count < minItems { fail("minItems", at: at, "expected \(minItems) or more items, found \(count)") }
    if let maxItems, count > maxItems { fail("maxItems", at: at, "expected at most \(maxItems) items, found \(count)") }
  }

  public mutating func check(count: Int, minProperties: Int? = nil, maxProperties: Int? = nil, at: Int) {
    if let minProperties, count < minProperties {
      fail("minProperties", at: at, "expected \(minProperties) or more members, found \(count)")
    }
    if let maxProperties, count > maxProperties {
      fail("maxProperties", at: at, "expected at most \(maxProperties) members, found \(count)")
    }
  }

  /// Notes each required property whose bit is not among those seen.
  @inlinable @inline(__always)
  public mutating func check(
    seen: OrdinalSet, required: OrdinalSet, names: @autoclosure () -> JSONNameTable, at: Int
  ) {
    if seen.contains(required) { return }
    noteMissing(seen, required, names(), at: at)
  }

  @usableFromInline mutating func noteMissing(
    _ seen: OrdinalSet, _ required: OrdinalSet, _ names: JSONNameTable, at: Int
  ) {
    for index in 0..<names.count where required.contains(index) && !seen.contains(index) {
      fail("required", at: at, "the property \"\(names[index])\" is missing")
    }
  }

  /// `dependentRequired`: notes what has to be there beside a member that was seen.
  public mutating func check(
    seen: OrdinalSet, having ordinal: Int, requires others: OrdinalSet, names: JSONNameTable, at: Int
  ) {
    guard seen.contains(ordinal) else { return }
    for index in 0..<names.count where others.contains(index) && !seen.contains(index) {
      fail("dependentRequired", at: at, "with \"\(names[ordinal])\" there has to be \"\(names[index])\"")
    }
  }

  /// `contains`: how many elements were of the kind that is asked for.
  public mutating func check(matches: Int, minContains: Int?, maxContains: Int?, at: Int) {
    if matches < minContains ?? 1 {
      let keyword = minContains == nil ? "contains" : "minContains"
      fail(keyword, at: at, "expected \(minContains ?? 1) or more items of a kind, found \(matches)")
    }
    if let maxContains, matches > maxContains {
      fail("maxContains", at: at, "expected at most \(maxContains) items of a kind, found \(matches)")
    }
  }

  /// `const` and `enum` of any JSON: the value that comes next has to be equal to one of those. Reads it.
  public mutating func check(_ json: inout JSONReader, isOneOf values: [JSONValue], _ keyword: String) {
    guard json.peek() != nil else { return }
    let at = json.offset
    let value = JSONValue(reading: &json)
    if !values.contains(value) { fail(keyword, at: at, "is none of the values that are allowed here") }
  }

  /// Notes a value that may not be there at all, and passes over it.
  /// - Parameter keyword: which keyword has `false` for it.
  public mutating func refuse(_ json: inout JSONReader, _ keyword: String = "false") {
    guard json.peek() != nil else { return }
    let detail =
      switch keyword {
      case "additionalProperties": "this property is not part of the schema"
      case "readOnly": "only answers have this property"
      case "writeOnly": "only requests have this property"
      default: "is not allowed here"
      }
    fail(keyword, at: json.offset, detail)
    json.skipValue()
  }
}
