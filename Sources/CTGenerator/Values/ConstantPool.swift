internal import CTJSON
internal import CTSpec

/// Tables that several places use, each made once. Their names come from what they hold, so that one more of them
/// changes no other.
struct ConstantPool: Sendable {
  /// In the order they were asked for.
  private(set) var tables = Constants<[String]>("names")
  /// JSON arrays, as their text.
  private(set) var valueLists = Constants<String>("values")
  private(set) var bounds = Constants<String>("bound")
  private(set) var divisors = Constants<String>("divisor")
  private(set) var patterns = Constants<String>("pattern")

  /// Takes in what another was asked for, in that order.
  ///
  /// - Returns: whether all of it has the same names here.
  mutating func merge(_ other: ConstantPool) -> Bool {
    let same = [
      tables.merge(other.tables), valueLists.merge(other.valueLists), bounds.merge(other.bounds),
      divisors.merge(other.divisors), patterns.merge(other.patterns),
    ]
    return !same.contains(false)
  }

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
    var key = ""
    for value in values {
      key += String(value.utf8.count)
      key += " "
      key += value
    }
    return tables.expression(values, key: key)
  }
}

/// Constants of one kind.
struct Constants<Value: Sendable>: Sendable {
  private let kind: String
  /// What tells each from others of its kind, by its name.
  private var keys: [String: String] = [:]
  private(set) var list: [(name: String, value: Value)] = []

  init(_ kind: String) { self.kind = kind }

  /// - Parameter key: what tells it from others of its kind.
  mutating func expression(_ value: Value, key: String) -> String {
    "SchemaConstants." + name(of: value, key: key)
  }

  /// The name that comes from the key, with a number where another has that already.
  private mutating func name(of value: Value, key: String) -> String {
    let wanted = kind + StableHash.digits(of: key)
    var (name, number) = (wanted, 2)
    while let known = keys[name] {
      if ExactString(known) == ExactString(key) { return name }
      name = "\(wanted)\(number)"
      number += 1
    }
    keys[name] = key
    list.append((name, value))
    return name
  }

  /// Takes in the constants of another, in their order.
  ///
  /// - Returns: whether all of them have the same names here.
  mutating func merge(_ other: Constants) -> Bool {
    var isSame = true
    for (name, value) in other.list where self.name(of: value, key: other.keys[name]!) != name { isSame = false }
    return isSame
  }
}
