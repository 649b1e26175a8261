internal import CTJSON
internal import CTSpec

/// Writes the code that reads one value: checks it against all its schemas and, where asked to, keeps it in a variable.
final class ValueEmitter {
  /// What is known before any code is written.
  let basis: Basis
  /// What the code that was written asks for.
  var requests: Requests

  var index: SpecIndex { basis.index }
  var models: Models { basis.models }
  var graph: SchemaGraph { basis.graph }
  var paths: SourcePaths { basis.paths }

  init(_ basis: Basis) {
    self.basis = basis
    requests = Requests(paths: basis.paths)
  }

  /// What all emitters of a spec share.
  final class Basis: Sendable {
    let index: SpecIndex
    let models: Models
    let graph: SchemaGraph
    /// The properties that hold a value of a type which the struct is a part of.
    let indirectProperties: Set<String>
    let paths: SourcePaths

    init(index: SpecIndex, models: Models) {
      self.index = index
      self.models = models
      paths = SourcePaths(Set(index.order.map(\.file)))
      graph = SchemaGraph(index: index) { id in models.names[id].map { models.stringEnum($0) == nil } ?? false }
      indirectProperties = TypeGraph.indirectProperties(of: models)
    }
  }

  /// What code needs that is declared elsewhere.
  struct Requests: Sendable {
    var functions: CheckFunctions
    var pool = ConstantPool()
    /// Types of which only the check is needed somewhere, so that a `validate` has to be made.
    var validated: Set<String> = []

    init(paths: SourcePaths) { functions = CheckFunctions(paths: paths) }

    /// Takes in what other code asked for, in that order.
    ///
    /// - Returns: whether that code has the right names: those that it would have got here.
    mutating func merge(_ other: Requests) -> Bool {
      validated.formUnion(other.validated)
      let isSame = pool.merge(other.pool)
      return functions.merge(other.functions) && isSame
    }
  }

  /// A note of where in the spec a declaration comes from.
  func source(_ id: SchemaID) -> Code { .documentation("Source: `\(paths.name(of: id))`.") }

  /// Where the value goes, and what else is done on the way.
  struct Target {
    /// The optional variable that takes the value; `nil` where it is only checked.
    var variable: String?
    var type: SwiftType
    /// The expression for the name of the member that holds the value, for the detectors.
    var member: String
    /// The variable that counts what was evaluated; `nil` where nobody asks.
    var evaluated: String?
    /// Whether the value that is kept is one that will be recorded, so that personal data is taken out of it.
    var isRecorded = false
    /// Whether personal data is to be found and marked: where the value is checked and not kept.
    var redacts: Bool { variable == nil }

    /// For a value that is only checked.
    static func check(member: String, evaluated: String? = nil) -> Target {
      Target(variable: nil, type: .raw, member: member, evaluated: evaluated)
    }
  }

  func read(_ conjunction: Conjunction, _ target: Target) -> [Code] {
    readNamed(conjunction, target) ?? readCalled(conjunction, target) ?? readBody(conjunction, target)
  }

  /// A check that is a function, since it is recursive or much code.
  private func readCalled(_ conjunction: Conjunction, _ target: Target) -> [Code]? {
    guard target.variable == nil, target.evaluated == nil, needsFunction(conjunction) else { return nil }
    let schemas = conjunction.identity(in: index).map { [$0] } ?? conjunction.roots
    return [.line("\(requests.functions.call(schemas))(&json, &context)")]
  }

  private func needsFunction(_ conjunction: Conjunction) -> Bool {
    guard conjunction.isWhole else { return false }
    if let id = conjunction.identity(in: index), graph.isFunction(index[id]) { return true }
    let all = conjunction.all
    // What is merged has no function by the `$ref` that leads to it, and what counts follows a `$ref` in place.
    if all.count > 1 || !conjunction.counting.isEmpty, all.contains(where: { graph.isRecursive($0) }) {
      return true
    }
    return all.reduce(0) { $0 + graph.weight($1) } > SchemaGraph.maximumWeight
  }

  /// The code itself, where ``read(_:_:)`` may call a function that consists of it.
  func readBody(_ conjunction: Conjunction, _ target: Target) -> [Code] {
    if conjunction.isNever { return [.line("context.refuse(&json)")] }
    if !conjunction.counting.isEmpty { return readCounting(conjunction, target) }
    return readInPlace(conjunction, target) + readOnce(conjunction, target)
  }

  func readOnce(_ conjunction: Conjunction, _ target: Target) -> [Code] {
    if let variable = target.variable, target.type == .raw { return readRaw(conjunction, into: variable, target) }
    if case .nullable(let type) = target.type { return readNullable(conjunction, type, target) }
    guard let types = conjunction.mergedTypes else { return readAny(conjunction, target) }
    return readTyped(types, conjunction, target)
  }

  private func readTyped(_ types: Set<JSONType>, _ conjunction: Conjunction, _ target: Target) -> [Code] {
    types.count == 1 || types == [.number, .integer]
      ? readOne(types.contains(.number) ? .number : types.first!, conjunction, target)
      : readSeveral(types, conjunction, target)
  }

  /// A value whose schema is a type of its own.
  private func readNamed(_ conjunction: Conjunction, _ target: Target) -> [Code]? {
    guard let name = typeName(conjunction), target.evaluated == nil else { return nil }
    let isEnum = models.stringEnum(name) != nil
    if let variable = target.variable {
      guard target.type == .named(name) else { return nil }
      // Structs and unions look at the value in place themselves; a string enum does not.
      let before = isEnum ? readInPlace(conjunction, target) : []
      return before + [.line("\(variable) = \(name).decode(&json, &context)")]
    }
    if isEnum { return nil }
    requests.validated.insert(name)
    return [.line("\(name).validate(&json, &context)")]
  }

  private func typeName(_ conjunction: Conjunction) -> String? {
    guard conjunction.isWhole else { return nil }
    if let id = conjunction.identity(in: index), let name = models.names[id] { return name }
    return models.mergedName(conjunction.roots)
  }

  private func readRaw(_ conjunction: Conjunction, into variable: String, _ target: Target) -> [Code] {
    code {
      "let start = json.valueStart()"
      readOnce(conjunction, .check(member: target.member, evaluated: target.evaluated))
      "\(variable) = RawJSON(start..<json.offset, of: json)"
    }
  }

  private func readNullable(_ conjunction: Conjunction, _ type: SwiftType, _ target: Target) -> [Code] {
    let inner = Target(variable: "inner", type: type, member: target.member)
    let types = (conjunction.mergedTypes ?? []).subtracting([.null])
    let variable = target.variable ?? "_"
    let null = code {
      faults(mismatches(conjunction, .null))
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

  private static let kinds: [(kind: String, type: JSONType)] = [
    (".object", .object), (".array", .array), (".string", .string), (".boolean", .boolean), (".null", .null),
  ]

  private func readSeveral(_ types: Set<JSONType>, _ conjunction: Conjunction, _ target: Target) -> [Code] {
    let expected = types.map(\.rawValue).sorted().joined(separator: " or ")
    return code {
      "switch json.peek() {"
      for (kind, type) in Self.kinds where types.contains(type) {
        label("case \(kind)") {
          if type != .string { faults(mismatches(conjunction, type)) }
          readOne(type, conjunction, target)
        }
      }
      if types.contains(.number) || types.contains(.integer) {
        label("case .number") {
          faults(mismatches(conjunction, .number))
          readOne(types.contains(.number) ? .number : .integer, conjunction, target)
        }
      }
      label("default") {
        faults(mismatches(conjunction, nil))
        "context.mismatch(\(literal(expected)), &json)"
      }
      "}"
    }
  }

  /// What the value that comes next breaks whatever it holds.
  private func faults(_ faults: [Code]) -> [Code] {
    faults.isEmpty ? [] : [Code.block("do", [.line("let at = json.valueStart()")] + faults)]
  }

  /// No `type`: each kind of assertion holds for the values it is about.
  private func readAny(_ conjunction: Conjunction, _ target: Target) -> [Code] {
    let asserts = conjunction.assertedTypes
    let skip = "context.skipUnknown(&json, name: \(target.member))"
    guard !asserts.isEmpty else { return [.line(skip)] }
    let valueFaults = mismatches(conjunction, nil)
    return code {
      if !valueFaults.isEmpty {
        block("if let kind = json.peek(), kind != .string") {
          "let at = json.valueStart()"
          valueFaults
        }
      }
      "switch json.peek() {"
      for (kind, type) in Self.kinds where asserts.contains(type) {
        label("case \(kind)") { readOne(type, conjunction, target) }
      }
      if asserts.contains(.number) { label("case .number") { readOne(.number, conjunction, target) } }
      label("default") { skip }
      "}"
    }
  }
}

extension Conjunction {
  /// The types of those that are judged together; `nil` for any.
  var mergedTypes: Set<JSONType>? { schemas.lazy.compactMap(\.types).first.map { Set($0) } }
}
