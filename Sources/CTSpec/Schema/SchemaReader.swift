import CTJSON

/// Reads the keywords of one schema, each checked for its type (2020-12 core and validation).
package final class SchemaReader: ObjectReader {
  private let isProbe: Bool

  init(node: SpecNode, id: SchemaID, context: LoadContext) {
    isProbe = false
    super.init(node, id, "schema", context)
    readIdentity()
  }

  /// Reads nothing, and notes what is asked for.
  private init() {
    isProbe = true
    let context = LoadContext(reader: .memory([:]))
    let nothing = SpecNode(.object([]), at: SourceLocation(file: ""))
    super.init(nothing, SchemaID(file: "", pointer: ""), "schema", context)
    readIdentity()
  }

  /// The keywords of schemas. All of them are asked for of every schema, so that it need not be noted each time.
  private static let keywords: [String] = {
    let probe = SchemaReader()
    _ = Schema(probe, ordinal: 0)
    return probe.asked
  }()

  override var knownNames: [String] { isProbe ? asked : Self.keywords }
  override var recordsNames: Bool { isProbe }

  override func reportKind() {
    if node.bool == nil {
      error("schema-expected", at: node.location, "a schema must be an object or a boolean, not \(node.article)")
    }
  }

  /// Keywords that say what the schema is called and mean nothing to instances.
  private func readIdentity() {
    if let uri = string("$id") { check(id: uri) }
    _ = string("$comment")
    readExternalDocs()
    if let dialect = string("$schema") { check(dialect: dialect) }
  }

  private func check(id uri: String) {
    let location = any("$id")?.location ?? node.location
    if !URIReference.isReference(uri) { error("id-syntax", at: location, "'\(uri)' is no URI reference (RFC 3986)") }
    if let fragment = URIReference.split(uri).fragment, !fragment.isEmpty {
      error("id-fragment", at: location, "'$id' must have no fragment: write '$anchor'")
    }
  }

  private func check(dialect: String) {
    let name = dialect.hasSuffix("#") ? String(dialect.dropLast()) : dialect
    guard !SchemaKeywords.dialects.contains(name) else { return }
    error(
      "unknown-dialect", at: any("$schema")?.location ?? node.location,
      "'\(dialect)' is not read here: only JSON Schema 2020-12 is",
      suggestion: "write '\(SchemaKeywords.dialects[0])'")
  }

  // MARK: Schemas

  func schema(_ key: String) -> SchemaID? {
    guard let node = any(key) else { return nil }
    return note(node, id.appending(key))
  }

  func schemaList(_ key: String) -> [SchemaID] {
    guard let node = any(key) else { return [] }
    guard let elements = nonEmpty(key, node, "a non-empty array of schemas") else { return [] }
    let address = id.appending(key)
    return elements.enumerated().map { note($1, address.appending($0)) }
  }

  /// The elements of an array that has some.
  private func nonEmpty(_ key: String, _ node: SpecNode, _ expected: String) -> [SpecNode]? {
    guard let elements = node.elements else {
      mismatch(key, node, expected)
      return nil
    }
    guard elements.isEmpty else { return elements }
    error("wrong-value", at: node.location, "'\(key)' must not be empty")
    return nil
  }

  func schemaMap(_ key: String) -> [(name: String, schema: SchemaID)] {
    map(key).map { ($0.member.key, note($0.member.value, $0.id)) }
  }

  func patternMap(_ key: String) -> [(pattern: String, schema: SchemaID)] {
    map(key).map {
      check(pattern: $0.member.key, at: $0.member.keyLocation)
      return ($0.member.key, note($0.member.value, $0.id))
    }
  }

  private func note(_ node: SpecNode, _ id: SchemaID) -> SchemaID {
    context.enqueue(id, node)
    return id
  }

  func reference(_ key: String) -> SchemaID? {
    guard let node = any(key), let target = context.resolve(node, from: id) else { return nil }
    if let found = context.node(at: target) { context.enqueue(target, found) }
    return target
  }

  // MARK: Numbers

  func number(_ key: String) -> JSONNumber? {
    guard let node = any(key) else { return nil }
    if let number = node.number { return number }
    var suggestion: String?
    if node.string.flatMap({ JSONNumber($0) }) != nil { suggestion = "remove the quotation marks" }
    if key.hasPrefix("exclusive"), node.bool != nil { suggestion = "in 2020-12 it is the limit itself" }
    mismatch(key, node, "a number", suggestion: suggestion)
    return nil
  }

  /// Digits that a divisor may have: dividing takes time by the digits of both numbers.
  private static let maximumDigits = 100

  func divisor(_ key: String) -> JSONNumber? {
    guard let number = number(key) else { return nil }
    let location = any(key)?.location ?? node.location
    if number <= 0 {
      error("wrong-value", at: location, "'\(key)' must be greater than 0")
    } else if number.significantDigits > Self.maximumDigits {
      error("wrong-value", at: location, "'\(key)' must have \(Self.maximumDigits) significant digits at most")
    } else {
      return number
    }
    return nil
  }

  /// A whole number that is not negative, such as `maxLength`.
  func count(_ key: String) -> Int? {
    guard let node = any(key) else { return nil }
    if let count = node.number?.int, count >= 0 { return count }
    if let number = node.number {
      error(
        "wrong-value", at: node.location, "'\(key)' must be a whole number from 0 to \(Int.max), not \(number)")
    } else {
      mismatch(key, node, "a whole number")
    }
    return nil
  }

  // MARK: Words

  func types(_ key: String) -> [JSONType]? {
    guard let node = any(key) else { return nil }
    guard node.elements != nil else { return type(key, node).map { [$0] } }
    let elements = nonEmpty(key, node, "a type or a non-empty array of types") ?? []
    var types: [JSONType] = []
    for element in elements {
      guard let type = type(key, element) else { continue }
      if types.contains(type) {
        error("duplicate-name", at: element.location, "'\(type.rawValue)' is listed twice in 'type'")
      } else {
        types.append(type)
      }
    }
    return types
  }

  private func type(_ key: String, _ node: SpecNode) -> JSONType? {
    if case .null = node.value {
      mismatch(key, node, "the name of a type", suggestion: "write 'null' in quotation marks")
      return nil
    }
    guard let word = node.string else {
      mismatch(key, node, "the name of a type")
      return nil
    }
    if let type = JSONType(rawValue: word) { return type }
    let usual = [
      "bool": "boolean", "int": "integer", "float": "number", "double": "number", "str": "string",
      "list": "array", "dict": "object", "map": "object", "decimal": "number", "long": "integer", "nil": "null",
    ]
    if let meant = usual[word.lowercased()] {
      error("unknown-type", at: node.location, "'\(word)' is no type", suggestion: "did you mean '\(meant)'?")
      return nil
    }
    error(
      "unknown-type", at: node.location, "'\(word)' is no type",
      suggestion: EditDistance.suggestion(for: word, among: JSONType.allCases.map(\.rawValue)))
    return nil
  }

  func enumValues(_ key: String) -> (nodes: [SpecNode], values: Set<JSONValue>)? {
    guard let node = any(key) else { return nil }
    guard let elements = nonEmpty(key, node, "a non-empty array") else { return nil }
    var values: Set<JSONValue> = []
    for element in elements where !values.insert(element.jsonValue).inserted {
      error("duplicate-name", at: element.location, "this value is listed twice in 'enum'")
    }
    return (elements, values)
  }

  func anchor(_ key: String) -> String? {
    guard let name = string(key) else { return nil }
    let isName = name.utf8.enumerated().allSatisfy { index, byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
      default: index > 0 && (48...57 ~= byte || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "."))
      }
    }
    if !isName || name.isEmpty {
      error("wrong-value", at: any(key)?.location ?? node.location, "'\(name)' is no plain name (2020-12, 8.2.2)")
    }
    return name
  }

  func format(_ key: String) -> String? {
    guard let name = string(key) else { return nil }
    if SchemaKeywords.formats.contains(name) { return name }
    let suggestion =
      SchemaKeywords.foreignFormats[name]
      ?? EditDistance.suggestion(for: name, among: SchemaKeywords.formats)
    error(
      "unknown-format", at: any(key)?.location ?? node.location, "the format '\(name)' cannot be enforced",
      suggestion: suggestion)
    return nil
  }

  func pattern(_ key: String) -> String? {
    guard let text = string(key) else { return nil }
    check(pattern: text, at: any(key)?.location ?? node.location)
    return text
  }

  func nameLists(_ key: String) -> [(name: String, required: [String])] {
    map(key).map { ($0.member.key, names(key, $0.member.value)) }
  }

  override func reportUnknown(_ member: SpecNode.Member) {
    if let reason = SchemaKeywords.unenforceable[member.key] {
      error(
        "unenforceable-keyword", at: member.keyLocation, "'\(member.key)' cannot be enforced", suggestion: reason)
    } else if let hint = SchemaKeywords.foreign[member.key] {
      error(
        "foreign-keyword", at: member.keyLocation, "'\(member.key)' is no keyword of JSON Schema 2020-12",
        suggestion: hint)
    } else {
      super.reportUnknown(member)
    }
  }
}
