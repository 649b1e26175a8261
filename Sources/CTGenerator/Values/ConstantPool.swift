internal import CTJSON
internal import CTSpec

/// Tables that several places use, each made once. Their names come from what they hold, so that one more of them
/// changes no other.
struct ConstantPool {
  /// In the order they were asked for.
  private(set) var tables = Constants<[String]>("names")
  /// JSON arrays, as their text.
  private(set) var valueLists = Constants<String>("values")
  private(set) var bounds = Constants<String>("bound")
  private(set) var divisors = Constants<String>("divisor")
  private(set) var patterns = Constants<String>("pattern")

  /// The expression for a compiled pattern.
  mutating func pattern(_ pattern: String) -> String { patterns.expression(pattern, key: pattern) }

  /// The expression for values to compare with, as JSON.
  mutating func values(_ values: [JSONValue]) -> String {
    let text = String(decoding: JSONWriter.write(.array(values)), as: UTF8.self)
    return valueLists.expression(text, key: text)
  }

  /// The expression for a bound of `minimum` and its kin.
  mutating func bound(_ lexeme: String) -> String { bounds.expression(lexeme, key: lexeme) }

  /// The expression for a divisor of `multipleOf`.
  mutating func divisor(_ lexeme: String) -> String { divisors.expression(lexeme, key: lexeme) }

  /// The expression for a table of names.
  mutating func table(_ values: [String]) -> String {
    tables.expression(values, key: values.map { "\($0.utf8.count) \($0)" }.joined())
  }
}

/// Constants of one kind.
struct Constants<Value> {
  private let kind: String
  private var names: [ExactString: String] = [:]
  private var taken = TakenNames()
  private(set) var list: [(name: String, value: Value)] = []

  init(_ kind: String) { self.kind = kind }

  /// - Parameter key: what tells it from others of its kind.
  mutating func expression(_ value: Value, key: String) -> String {
    let exact = ExactString(key)
    if let known = names[exact] { return "SchemaConstants." + known }
    let name = taken.unique(kind + StableHash.digits(of: key))
    names[exact] = name
    list.append((name, value))
    return "SchemaConstants." + name
  }
}
