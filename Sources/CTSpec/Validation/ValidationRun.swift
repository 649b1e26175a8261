import CTJSON

/// One validation under way.
///
/// Evaluating a subschema notes its violations; whether it held is told by the count before and after. In a trial (a
/// branch whose outcome alone is asked for) they are counted only.
struct ValidationRun {
  /// Bounds against schemas and instances made to exhaust: levels of schemas within one another, and steps in all.
  static let maximumDepth = 1_000
  static let maximumSteps = 5_000_000

  private enum Token {
    case key(String)
    case index(Int)
  }

  let index: SpecIndex
  let tracksEvaluation: Bool
  private(set) var violations: [SchemaViolation] = []
  private(set) var faultCount = 0
  private var trials = 0
  private var path: [Token] = []
  private var depth = 0
  private var steps = 0

  init(index: SpecIndex, tracksEvaluation: Bool) {
    self.index = index
    self.tracksEvaluation = tracksEvaluation
  }

  // MARK: Violations

  mutating func fail(_ keyword: String, _ detail: @autoclosure () -> String) {
    faultCount += 1
    guard trials == 0 else { return }
    violations.append(SchemaViolation(pointer: pointer, keyword: keyword, detail: detail()))
  }

  private var pointer: String {
    path.map { token in
      switch token {
      case .key(let key): "/" + JSONPointer.escape(key)
      case .index(let index): "/\(index)"
      }
    }.joined()
  }

  /// Does something at a member of the instance.
  mutating func at(_ key: String, _ body: (inout Self) -> Void) {
    path.append(.key(key))
    body(&self)
    path.removeLast()
  }

  /// Does something at an item of the instance.
  mutating func at(_ index: Int, _ body: (inout Self) -> Void) {
    path.append(.index(index))
    body(&self)
    path.removeLast()
  }

  /// Whether a subschema holds, noting nothing; with what it evaluated if it does.
  mutating func holds(_ id: SchemaID, _ value: JSONValue) -> Evaluated? {
    let before = faultCount
    trials += 1
    let evaluated = evaluate(id, value)
    trials -= 1
    defer { faultCount = before }
    return faultCount == before ? evaluated : nil
  }

  // MARK: Schemas

  /// Notes what is wrong with the instance, and tells what was evaluated.
  mutating func evaluate(_ id: SchemaID, _ value: JSONValue) -> Evaluated {
    depth += 1
    steps += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth, steps <= Self.maximumSteps else {
      if steps <= Self.maximumSteps + 1 || depth > Self.maximumDepth { fail("$ref", "takes too long to be checked") }
      return .none
    }
    let schema = index[id]
    if let boolean = schema.boolean {
      if !boolean { fail("false", "is not allowed here") }
      return .none
    }
    return evaluate(schema, value)
  }

  private mutating func evaluate(_ schema: Schema, _ value: JSONValue) -> Evaluated {
    var evaluated = Evaluated()
    let hasType = checkType(schema, value)
    if hasType {
      checkValues(schema, value)
      switch value {
      case .number(let number): check(schema, number)
      case .string(let string): check(schema, string)
      case .array(let items): check(schema, items, &evaluated)
      case .object(let members): check(schema, members, &evaluated)
      case .null, .bool: break
      }
    }
    applyInPlace(schema, value, &evaluated)
    if hasType, !evaluated.isUnknown { checkUnevaluated(schema, value, &evaluated) }
    return evaluated
  }

  private mutating func checkType(_ schema: Schema, _ value: JSONValue) -> Bool {
    guard let types = schema.types, !types.contains(where: { value.isOf($0) }) else { return true }
    let expected = types.map(\.rawValue).joined(separator: " or ")
    fail("type", "expected \(expected), found \(value.kindName)")
    return false
  }

  private mutating func checkValues(_ schema: Schema, _ value: JSONValue) {
    if let values = schema.enumValues, !values.contains(where: { $0.jsonValue == value }) {
      fail("enum", "expected one of \(values.count) values")
    }
    if let const = schema.const, const.jsonValue != value { fail("const", "expected another value") }
  }
}

extension JSONValue {
  /// Whether it is of a type of JSON Schema; `1.0` is an integer too (2020-12 validation, section 6.1.1).
  func isOf(_ type: JSONType) -> Bool {
    switch (type, self) {
    case (.null, .null), (.boolean, .bool), (.object, .object), (.array, .array), (.number, .number),
      (.string, .string):
      true
    case (.integer, .number(let number)): number.isInteger
    default: false
    }
  }

  var kindName: String {
    switch self {
    case .null: "null"
    case .bool: "a boolean"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}
