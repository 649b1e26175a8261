internal import CTHTTP
public import CTJSON

/// Decodes and checks the parameters of a request. Every violation is gathered, then answered as one 400.
public struct ParameterReader: ~Copyable {
  /// How the text of a parameter becomes JSON, for its schema to judge.
  public enum Form: Sendable {
    /// The schema is about strings: the text is one, whatever it looks like.
    case string
    /// The schema is about numbers or booleans: the text has to read as one.
    case literal
  }

  private struct Query {
    var name: String
    /// Still percent-encoded.
    var raw: ArraySlice<UInt8>
    var value: [UInt8]
  }

  private let context: RequestContext
  private var query: [Query] = []
  private var violations: [SchemaViolation] = []

  /// - Parameter declared: the names of all query parameters that the operation has; `filter[kind]` for a property of an
  ///   object in the style `deepObject`.
  public init(_ context: RequestContext, declared: [String]) {
    self.context = context
    guard let text = context.request.head.query, !text.isEmpty else { return }
    for part in text.split(separator: UInt8(ascii: "&")) { split(part, declared) }
  }

  private mutating func split(_ part: ArraySlice<UInt8>, _ declared: [String]) {
    let equals = part.firstIndex(of: UInt8(ascii: "=")) ?? part.endIndex
    let rest = equals < part.endIndex ? part[(equals + 1)...] : []
    guard let name = Self.decodedQuery(part[..<equals]), let value = Self.decodedQuery(rest) else {
      return violate("query", "", "the query is not percent-encoded UTF-8")
    }
    let text = String(decoding: name, as: UTF8.self)
    if !declared.contains(text) {
      let known = declared.isEmpty ? "none" : declared.joined(separator: ", ")
      return violate("query", text, "is not a parameter of this operation, which has: \(known)", "unknown")
    }
    query.append(Query(name: text, raw: rest, value: value))
  }

  /// A query's `+` is a space, as forms and most clients write it.
  private static func decodedQuery(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    decodedPath(text.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 }[...])
  }

  private static func decodedPath(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    PercentEncoding.decode(text).flatMap { isUTF8($0) ? $0 : nil }
  }

  private static func isUTF8(_ bytes: [UInt8]) -> Bool { String(validating: bytes, as: UTF8.self) != nil }

  // MARK: Scalars

  /// A query parameter, decoded by its schema; `nil` where it is absent or wrong.
  public mutating func query<Value>(
    _ name: String, _ form: Form, isRequired: Bool,
    _ decode: (inout JSONReader, inout ValidationContext) -> Value?
  ) -> Value? {
    read(single(name)?.value, "query", name, form, isRequired: isRequired, decode)
  }

  /// The query parameter of that name, which may be there once.
  private mutating func single(_ name: String) -> Query? {
    let found = query.filter { $0.name == name }
    if found.count > 1 { violate("query", name, "is given more than once", "repeated") }
    return found.first
  }

  /// A path parameter, by its place in the template.
  public mutating func path<Value>(
    _ name: String, _ place: Int, _ form: Form, _ decode: (inout JSONReader, inout ValidationContext) -> Value?
  ) -> Value? {
    let bytes = context.request.head.bytes
    let value = Self.decodedPath(bytes[context.captures.range(of: place, in: bytes)])
    return read(value, "path", name, form, isRequired: true, decode)
  }

  /// A header field.
  public mutating func header<Value>(
    _ name: String, _ form: Form, isRequired: Bool,
    _ decode: (inout JSONReader, inout ValidationContext) -> Value?
  ) -> Value? {
    let values = context.request.head.values(of: name)
    if values.count > 1 { violate("header", name, "is given more than once", "repeated") }
    let value = values.first.map { Array($0) }.flatMap { Self.isUTF8($0) ? $0 : nil }
    return read(value, "header", name, form, isRequired: isRequired, decode)
  }

  private mutating func read<Value>(
    _ value: [UInt8]?, _ place: String, _ name: String, _ form: Form, isRequired: Bool,
    _ decode: (inout JSONReader, inout ValidationContext) -> Value?
  ) -> Value? {
    guard let value else {
      if isRequired { violate(place, name, "is missing", "required") }
      return nil
    }
    // JSON may have white space around it; a parameter may not.
    if form == .literal, value.contains(where: { $0 <= 0x20 }) {
      violate(place, name, "is not a number, true or false", "type")
      return nil
    }
    var text = value
    if form == .string {
      text = []
      JSONWriter.append(string: String(decoding: value, as: UTF8.self), to: &text)
    }
    return read(text, place, name, decode)
  }

  private mutating func read<Value>(
    _ json: [UInt8], _ place: String, _ name: String, _ decode: (inout JSONReader, inout ValidationContext) -> Value?
  ) -> Value? {
    do throws(JSONDecodingFault) {
      return try JSONReader.read(json) { json throws(JSONDecodingFault) in
        var context = ValidationContext()
        let decoded = decode(&json, &context)
        try context.finish(&json)
        return decoded
      }
    } catch {
      note(error, place, name)
      return nil
    }
  }

  // MARK: Faults

  private mutating func note(_ fault: JSONDecodingFault, _ place: String, _ name: String) {
    switch fault {
    case .syntax(let error) where error.reason == .duplicateName:
      violate(place, name, "has a property more than once", "repeated")
    case .syntax: violate(place, name, "is not a number, true or false", "type")
    case .violations(let found):
      for violation in found { violate(place, name, violation.detail, violation.keyword, at: violation.pointer) }
    }
  }

  private mutating func violate(
    _ place: String, _ name: String, _ detail: String, _ keyword: String = "format", at inner: String = ""
  ) {
    let pointer = name.isEmpty ? "/\(place)" : "/\(place)/\(PointerFinder.escape(name))"
    violations.append(SchemaViolation(pointer: pointer + inner, keyword: keyword, detail: detail))
  }

  /// - Throws: a 400 with every parameter that is wrong.
  public borrowing func finish() throws(ProblemDetails) {
    if violations.isEmpty { return }
    throw ProblemDetails(.badRequest, "A parameter is not what the spec says; see `errors`.", violations: violations)
      .refusal
  }
}

// MARK: - Arrays and objects

extension ParameterReader {
  /// A query parameter in one of OpenAPI's styles.
  public mutating func query<Value>(
    _ name: String, _ coding: ParameterCoding, isRequired: Bool,
    _ decode: (inout JSONReader, inout ValidationContext) -> Value?
  ) -> Value? {
    guard let parts = queryParts(name, coding) else { return absent("query", name, isRequired) }
    return read(parts.0, "query", name, coding, Self.decodedQuery, isWhole: parts.isWhole, decode)
  }

  /// The parts of a parameter, and whether they are one text that has to be taken apart yet; `nil` where it is absent.
  private mutating func queryParts(_ name: String, _ coding: ParameterCoding) -> (ParameterParts, isWhole: Bool)? {
    switch (coding.style, coding.shape) {
    case (.form, .array) where coding.isExploded:
      let found = query.filter { $0.name == name }
      return found.isEmpty ? nil : (.list(found.map(\.raw)), false)
    case (.form, .object(let properties)) where coding.isExploded:
      return members(properties.map { (key: $0.name, name: $0.name) })
    case (.deepObject, .object(let properties)):
      return members(properties.map { (key: "\(name)[\($0.name)]", name: $0.name) })
    default: return single(name).map { (.scalar($0.raw), true) }
    }
  }

  private func members(_ keys: [(key: String, name: String)]) -> (ParameterParts, isWhole: Bool)? {
    let found = query.compactMap { item in
      keys.first { $0.key == item.name }.map {
        (name: Array(PercentEncoding.encode($0.name.utf8).utf8)[...], value: item.raw)
      }
    }
    return found.isEmpty ? nil : (.members(found), false)
  }

  /// A path parameter in one of OpenAPI's styles.
  public mutating func path<Value>(
    _ name: String, _ place: Int, _ coding: ParameterCoding,
    _ decode: (inout JSONReader, inout ValidationContext) -> Value?
  ) -> Value? {
    let bytes = context.request.head.bytes
    let text = bytes[context.captures.range(of: place, in: bytes)]
    return read(.scalar(text), "path", name, coding, Self.decodedPath, isWhole: true, decode)
  }

  /// A header that is an array or an object: several lines are one list (RFC 9110, section 5.3).
  public mutating func header<Value>(
    _ name: String, _ coding: ParameterCoding, isRequired: Bool,
    _ decode: (inout JSONReader, inout ValidationContext) -> Value?
  ) -> Value? {
    let values = context.request.head.values(of: name)
    if values.isEmpty { return absent("header", name, isRequired) }
    let text = Array(values.joined(separator: [UInt8(ascii: ",")]))
    return read(.scalar(text[...]), "header", name, coding, Self.trimmed, isWhole: true, decode)
  }

  private static func trimmed(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    let value = Array(MediaTypeName.trimmed(text))
    return isUTF8(value) ? value : nil
  }

  private mutating func absent<Value>(_ place: String, _ name: String, _ isRequired: Bool) -> Value? {
    if isRequired { violate(place, name, "is missing", "required") }
    return nil
  }

  private mutating func read<Value>(
    _ parts: ParameterParts, _ place: String, _ name: String, _ coding: ParameterCoding,
    _ undo: (ArraySlice<UInt8>) -> [UInt8]?, isWhole: Bool,
    _ decode: (inout JSONReader, inout ValidationContext) -> Value?
  ) -> Value? {
    var parts: ParameterParts? = parts
    if isWhole, case .scalar(let text)? = parts { parts = coding.parts(of: text, name: name) }
    guard let parts, let json = ParameterJSON.text(of: parts, coding.shape, decode: undo) else {
      violate(
        place, name, "is not written as the spec says: style \(coding.style), explode \(coding.isExploded)", "style")
      return nil
    }
    return read(json, place, name, decode)
  }
}
