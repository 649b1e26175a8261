import CTJSON

/// One validation under way.
///
/// Evaluating a subschema notes its violations; whether it held is told by the count before and after. In a trial (a
/// branch whose outcome alone is asked for) they are counted only.
struct ValidationRun {
  let index: SpecIndex
  let tracksEvaluation: Bool
  private let instance: JSONValue
  private let maximumDepth: Int
  private(set) var violations: [SchemaViolation] = []
  /// Whether schemas lay deeper within one another than there is room for. What was found then says nothing.
  private(set) var isTooDeep = false
  private var faultCount = 0
  private var trials = 0
  private var path: [InstanceToken] = []
  private var place = InstancePlace.root
  private var depth = 0
  private var outcomes = Outcomes()

  init(_ index: SpecIndex, tracksEvaluation: Bool, instance: JSONValue, maximumDepth: Int) {
    self.index = index
    self.tracksEvaluation = tracksEvaluation
    self.instance = instance
    self.maximumDepth = maximumDepth
  }

  /// Holds the whole instance against a schema.
  mutating func judge(against id: SchemaID) { _ = evaluate(id, instance) }

  // MARK: Violations

  mutating func fail(_ keyword: String, _ detail: @autoclosure () -> String) {
    faultCount += 1
    guard trials == 0 else { return }
    violations.append(SchemaViolation(pointer: pointer, keyword: keyword, detail: detail()))
  }

  /// Notes a fault of a member or an item.
  mutating func fail(_ keyword: String, at token: InstanceToken, _ detail: @autoclosure () -> String) {
    path.append(token)
    fail(keyword, detail())
    path.removeLast()
  }

  private var pointer: String { path.map(\.pointer).joined() }

  /// Whether a subschema holds, noting nothing; with what it evaluated if it does.
  mutating func holds(_ id: SchemaID, _ value: JSONValue) -> Evaluated? {
    let before = faultCount
    trials += 1
    let evaluated = evaluate(id, value)
    trials -= 1
    defer { faultCount = before }
    return faultCount == before ? evaluated : nil
  }

  /// As ``holds(_:_:)-(SchemaID,JSONValue)``, of a part of the instance.
  mutating func holds(_ id: SchemaID, _ part: InstancePart) -> Evaluated? {
    at(part) { $0.holds(id, part.value) }
  }

  private mutating func at<Result>(_ part: InstancePart, _ body: (inout Self) -> Result) -> Result {
    let outer = place
    path.append(part.token)
    place = part.place
    defer {
      path.removeLast()
      place = outer
    }
    return body(&self)
  }

  // MARK: Schemas

  /// Holds a part of the instance against a schema.
  mutating func evaluate(_ id: SchemaID, _ part: InstancePart) { at(part) { _ = $0.evaluate(id, part.value) } }

  /// Notes what is wrong with the value that is looked at, and tells what was evaluated.
  mutating func evaluate(_ id: SchemaID, _ value: JSONValue) -> Evaluated {
    let schema = index[id]
    if let boolean = schema.boolean {
      if !boolean { fail("false", "is not allowed here") }
      return .none
    }
    guard outcomes.areKept(of: schema, value, in: instance) else { return enter(schema, value) }
    let key = Outcomes.Key(schema: schema.ordinal, place: place)
    if let known = outcomes[key], known.holds || known.isNoted || trials > 0 {
      if !known.holds { faultCount += 1 }
      return known.evaluated
    }
    let before = faultCount
    let evaluated = enter(schema, value)
    let holds = faultCount == before
    outcomes[key] = Outcomes.Outcome(evaluated: evaluated, holds: holds, isNoted: trials == 0)
    return evaluated
  }

  private mutating func enter(_ schema: Schema, _ value: JSONValue) -> Evaluated {
    guard depth < maximumDepth, !isTooDeep else {
      isTooDeep = true
      return .none
    }
    depth += 1
    defer { depth -= 1 }
    let evaluated = evaluate(schema, value)
    return tracksEvaluation ? evaluated : .none
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
    if let allowed = schema.allowedValues, !allowed.contains(value) {
      fail("enum", "expected one of \(allowed.count) values")
    }
    if let const = schema.constValue, const != value { fail("const", "expected another value") }
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
