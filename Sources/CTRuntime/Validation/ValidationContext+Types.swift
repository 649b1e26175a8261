public import CTJSON

/// The `type` keyword: each of these reads the value that comes next, or notes the violation and passes over it.
extension ValidationContext {
  @inlinable
  public mutating func string(_ json: inout JSONReader) -> JSONText? {
    guard expect(.string, "a string", &json) else { return nil }
    return json.readString()
  }

  @inlinable
  public mutating func number(_ json: inout JSONReader) -> JSONNumberToken? {
    guard expect(.number, "a number", &json) else { return nil }
    return json.readNumber()
  }

  /// A number without a fraction: `1.0` is one too (JSON Schema Validation, section 6.1.1).
  @inlinable
  public mutating func integer(_ json: inout JSONReader) -> JSONNumberToken? {
    guard expect(.number, "an integer", &json) else { return nil }
    let at = json.offset
    guard let token = json.readNumber() else { return nil }
    if token.isIntegerLexeme || json.number(token).isInteger { return token }
    fail("type", at: at, "expected an integer, found a number with a fraction")
    return nil
  }

  /// The value of an integer that was read, as a Swift integer. Where no bound of the schema keeps it within 64 bits,
  /// that it does not fit is a violation of its own.
  public mutating func int(_ token: JSONNumberToken, at: Int, _ json: inout JSONReader) -> Int? {
    if let value = json.int(token) { return value }
    if faults.last?.offset != at { fail("type", at: at, "expected an integer of at most 64 bits") }
    return nil
  }

  @inlinable
  public mutating func boolean(_ json: inout JSONReader) -> Bool? {
    guard expect(.boolean, "true or false", &json) else { return nil }
    return json.readBoolean()
  }

  public mutating func null(_ json: inout JSONReader) {
    if expect(.null, "null", &json) { json.readNull() }
  }

  /// Whether an object comes; the reader then stands within it.
  @inlinable
  public mutating func beginObject(_ json: inout JSONReader) -> Bool {
    guard expect(.object, "an object", &json) else { return false }
    json.beginObject()
    return true
  }

  /// Whether an array comes; the reader then stands within it.
  @inlinable
  public mutating func beginArray(_ json: inout JSONReader) -> Bool {
    guard expect(.array, "an array", &json) else { return false }
    json.beginArray()
    return true
  }

  /// Notes that the value that comes next is of none of the types that are allowed, and passes over it.
  public mutating func mismatch(_ expected: String, _ json: inout JSONReader) {
    guard let kind = json.peek() else { return }
    fail("type", at: json.offset, "expected \(expected), found \(kind.article)")
    json.skipValue()
  }

  @inlinable @inline(__always)
  mutating func expect(_ kind: JSONKind, _ name: StaticString, _ json: inout JSONReader) -> Bool {
    let found = json.peek()
    if found == kind { return true }
    if found != nil { mismatch("\(name)", &json) }
    return false
  }
}

extension JSONKind {
  var article: String {
    switch self {
    case .object: "an object"
    case .array: "an array"
    case .string: "a string"
    case .number: "a number"
    case .boolean: "a boolean"
    case .null: "null"
    }
  }
}

extension ValidationContext {
  /// Which branch of a `oneOf` the `discriminator` selects (OpenAPI 3.1, section 4.8.25): the index of its value in the
  /// table, or -1, which is a violation.
  public mutating func branch(
    _ name: StaticString, _ values: JSONNameTable, _ json: inout JSONReader, notes: Bool = true
  ) -> Int {
    let index = json.peekMember(name).map { values.index(of: $0, in: &json) } ?? -1
    guard index < 0, notes, json.peek() == .object else { return index }
    let place = json.peekMemberOffset(name) ?? json.offset
    fail("discriminator", at: place, "expected \"\(name)\" to be one of \(values.list)")
    return -1
  }
}
