internal import CTJSON
internal import CTSpec

/// Writes the code that reads one value: checks it against all its schemas and, where asked to, keeps it in a variable.
final class ValueEmitter {
  let index: SpecIndex
  let models: Models
  var pool = ConstantPool()
  /// Types of which only the check is needed somewhere, so that a `validate` has to be made.
  private(set) var validated: Set<String> = []

  init(index: SpecIndex, models: Models) {
    self.index = index
    self.models = models
  }

  /// Where the value goes, and what else is done on the way.
  struct Target {
    /// The optional variable that takes the value; `nil` where it is only checked.
    var variable: String?
    var type: SwiftType
    /// The expression for the name of the member that holds the value, for the detectors.
    var member: String
    /// Whether personal data is to be found and marked: where the value is checked and not kept.
    var redacts: Bool { variable == nil }

    /// For a value that is only checked.
    static func check(member: String) -> Target { Target(variable: nil, type: .raw, member: member) }
  }

  func read(_ conjunction: Conjunction, _ target: Target) -> [Code] {
    if conjunction.isNever { return [.line("context.refuse(&json)")] }
    return readInPlace(conjunction, target) + readOnce(conjunction, target)
  }

  private func readOnce(_ conjunction: Conjunction, _ target: Target) -> [Code] {
    if let variable = target.variable, target.type == .raw { return readRaw(conjunction, into: variable, target) }
    if case .nullable(let type) = target.type { return readNullable(conjunction, type, target) }
    if let named = readNamed(conjunction, target) { return named }
    guard let types = conjunction.types else { return readAny(conjunction, target) }
    return readTyped(types, conjunction, target)
  }

  private func readTyped(_ types: Set<JSONType>, _ conjunction: Conjunction, _ target: Target) -> [Code] {
    types.count == 1 || types == [.number, .integer]
      ? readOne(types.contains(.number) ? .number : types.first!, conjunction, target)
      : readSeveral(types, conjunction, target)
  }

  /// A value of a type that has a function of its own.
  private func readNamed(_ conjunction: Conjunction, _ target: Target) -> [Code]? {
    guard let schema = conjunction.only, let name = models.names[schema.id] else { return nil }
    if let variable = target.variable {
      guard target.type == .named(name) else { return nil }
      return [.line("\(variable) = \(name).decode(&json, &context)")]
    }
    guard schema.enumValues == nil else { return nil }
    validated.insert(name)
    return [.line("\(name).validate(&json, &context)")]
  }

  private func readRaw(_ conjunction: Conjunction, into variable: String, _ target: Target) -> [Code] {
    code {
      "let start = json.valueStart()"
      readOnce(conjunction, .check(member: target.member))
      "\(variable) = RawJSON(start..<json.offset, of: json)"
    }
  }

  private func readNullable(_ conjunction: Conjunction, _ type: SwiftType, _ target: Target) -> [Code] {
    let inner = Target(variable: "inner", type: type, member: target.member)
    let types = (conjunction.types ?? []).subtracting([.null])
    let variable = target.variable ?? "_"
    let null = code {
      "json.readNull()"
      "\(variable) = .null"
    }
    return [
      .block("if json.peek() == .null", null, after: " else {"),
      .indented(
        code {
          "var inner: \(type.source)?"
          readTyped(types, conjunction, inner)
          "if let inner { \(variable) = .value(inner) }"
        }),
      .line("}"),
    ]
  }

  // MARK: By type

  private func readOne(_ type: JSONType, _ conjunction: Conjunction, _ target: Target) -> [Code] {
    switch type {
    case .string: readString(conjunction, target)
    case .number: readNumber("number", conjunction, target)
    case .integer: readNumber("integer", conjunction, target)
    case .boolean: [.line(target.variable.map { "\($0) = context.boolean(&json)" } ?? "_ = context.boolean(&json)")]
    case .null: [.line("context.null(&json)")]
    case .array: readArray(conjunction, target)
    case .object: readObject(conjunction, target)
    }
  }

  private func readSeveral(_ types: Set<JSONType>, _ conjunction: Conjunction, _ target: Target) -> [Code] {
    let kinds: [(String, JSONType)] = [
      (".object", .object), (".array", .array), (".string", .string), (".boolean", .boolean), (".null", .null),
    ]
    let expected = types.map(\.rawValue).sorted().joined(separator: " or ")
    return code {
      "switch json.peek() {"
      for (kind, type) in kinds where types.contains(type) {
        label("case \(kind)") { readOne(type, conjunction, target) }
      }
      if types.contains(.number) || types.contains(.integer) {
        label("case .number") { readOne(types.contains(.number) ? .number : .integer, conjunction, target) }
      }
      label("default") { "context.mismatch(\(literal(expected)), &json)" }
      "}"
    }
  }

  /// No `type`: each kind of assertion holds for the values it is about.
  private func readAny(_ conjunction: Conjunction, _ target: Target) -> [Code] {
    let asserts = conjunction.assertedTypes
    guard !asserts.isEmpty else { return [.line("context.skipUnknown(&json, name: \(target.member))")] }
    let valueFaults = conjunction.schemas.flatMap(mismatches)
    return code {
      if !valueFaults.isEmpty {
        "let valueStart = json.valueStart()"
        block("if let kind = json.peek(), kind != .string") {
          "let at = valueStart"
          valueFaults
        }
      }
      "switch json.peek() {"
      for (kind, type) in [
        (".object", JSONType.object), (".array", .array), (".string", .string), (".number", .number),
      ]
      where asserts.contains(type) {
        label("case \(kind)") { readOne(type, conjunction, target) }
      }
      label("default") { "context.skipUnknown(&json, name: \(target.member))" }
      "}"
    }
  }
}
