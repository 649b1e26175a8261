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

  private let context: RequestContext
  private var query: [(name: [UInt8], value: [UInt8])] = []
  private var violations: [SchemaViolation] = []

  /// - Parameter declared: the names of all query parameters that the operation has.
  public init(_ context: RequestContext, declared: [String]) {
    self.context = context
    guard let text = context.request.head.query, !text.isEmpty else { return }
    for part in text.split(separator: UInt8(ascii: "&")) { split(part, declared) }
  }

  private mutating func split(_ part: ArraySlice<UInt8>, _ declared: [String]) {
    let equals = part.firstIndex(of: UInt8(ascii: "=")) ?? part.endIndex
    let rest = equals < part.endIndex ? part[(equals + 1)...] : []
    guard let name = PercentEncoding.decode(Self.spaced(part[..<equals])),
      let value = PercentEncoding.decode(Self.spaced(rest)), Self.isUTF8(name), Self.isUTF8(value)
    else { return violate("query", "", "the query is not percent-encoded UTF-8") }
    let text = String(decoding: name, as: UTF8.self)
    if !declared.contains(text) {
      let known = declared.isEmpty ? "none" : declared.joined(separator: ", ")
      return violate("query", text, "is not a parameter of this operation, which has: \(known)", "unknown")
    }
    if query.contains(where: { $0.name == name }) {
      return violate("query", text, "is given more than once", "repeated")
    }
    query.append((name, value))
  }

  /// A query's `+` is a space, as forms and most clients write it.
  private static func spaced(_ text: ArraySlice<UInt8>) -> [UInt8] {
    text.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 }
  }

  private static func isUTF8(_ bytes: [UInt8]) -> Bool { String(validating: bytes, as: UTF8.self) != nil }

  /// A query parameter, decoded by its schema; `nil` where it is absent or wrong.
  public mutating func query<Value>(
    _ name: String, _ form: Form, isRequired: Bool,
    _ decode: (inout JSONReader, inout ValidationContext) -> Value?
  ) -> Value? {
    let value = query.first { $0.name.elementsEqual(name.utf8) }?.value
    return read(value, "query", name, form, isRequired: isRequired, decode)
  }

  /// A path parameter, by its place in the template.
  public mutating func path<Value>(
    _ name: String, _ place: Int, _ form: Form, _ decode: (inout JSONReader, inout ValidationContext) -> Value?
  ) -> Value? {
    let value = PercentEncoding.decode(context.request.head.bytes[context.captures[place]])
    return read(value.flatMap { Self.isUTF8($0) ? $0 : nil }, "path", name, form, isRequired: true, decode)
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
    do throws(JSONDecodingFault) {
      return try JSONReader.read(text) { json throws(JSONDecodingFault) in
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

  private mutating func note(_ fault: JSONDecodingFault, _ place: String, _ name: String) {
    switch fault {
    case .syntax: violate(place, name, "is not a number, true or false", "type")
    case .violations(let found):
      for violation in found { violate(place, name, violation.detail, violation.keyword) }
    }
  }

  private mutating func violate(_ place: String, _ name: String, _ detail: String, _ keyword: String = "format") {
    let pointer = name.isEmpty ? "/\(place)" : "/\(place)/\(PointerFinder.escape(name))"
    violations.append(SchemaViolation(pointer: pointer, keyword: keyword, detail: detail))
  }

  /// - Throws: a 400 with every parameter that is wrong.
  public borrowing func finish() throws(ProblemDetails) {
    if violations.isEmpty { return }
    throw ProblemDetails(.badRequest, "A parameter is not what the spec says; see `errors`.", violations: violations)
  }
}
