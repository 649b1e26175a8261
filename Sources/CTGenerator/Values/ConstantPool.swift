internal import CTJSON

/// Tables that several places use: each is made once, under a name that says what it is.
struct ConstantPool {
  private var patternNames: [String: String] = [:]
  private var tableNames: [[String]: String] = [:]
  /// In the order they were asked for.
  private(set) var patterns: [(name: String, pattern: String)] = []
  /// JSON arrays, as their text.
  private(set) var valueLists: [(name: String, lexeme: String)] = []
  private(set) var bounds: [(name: String, lexeme: String)] = []
  private(set) var divisors: [(name: String, lexeme: String)] = []
  private(set) var tables: [(name: String, values: [String])] = []

  /// The expression for a compiled pattern.
  mutating func pattern(_ pattern: String) -> String {
    if let known = patternNames[pattern] { return known }
    let name = "SchemaConstants.pattern\(patterns.count)"
    patternNames[pattern] = name
    patterns.append(("pattern\(patterns.count)", pattern))
    return name
  }

  /// The expression for values to compare with, as JSON.
  mutating func values(_ values: [JSONValue]) -> String {
    let text = String(decoding: JSONWriter.write(.array(values)), as: UTF8.self)
    return "SchemaConstants." + Self.name("values", text, among: &valueLists)
  }

  /// The expression for a bound of `minimum` and its kin.
  mutating func bound(_ lexeme: String) -> String {
    "SchemaConstants." + Self.name("bound", lexeme, among: &bounds)
  }

  /// The expression for a divisor of `multipleOf`.
  mutating func divisor(_ lexeme: String) -> String {
    "SchemaConstants." + Self.name("divisor", lexeme, among: &divisors)
  }

  private static func name(_ kind: String, _ value: String, among known: inout [(name: String, lexeme: String)])
    -> String
  {
    if let known = known.first(where: { $0.lexeme == value }) { return known.name }
    known.append(("\(kind)\(known.count)", value))
    return known[known.count - 1].name
  }

  /// The expression for a table of names.
  mutating func table(_ values: [String]) -> String {
    if let known = tableNames[values] { return known }
    let name = "SchemaConstants.names\(tables.count)"
    tableNames[values] = name
    tables.append(("names\(tables.count)", values))
    return name
  }
}
