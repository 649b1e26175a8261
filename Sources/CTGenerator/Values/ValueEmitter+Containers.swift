internal import CTSpec

extension ValueEmitter {
  // MARK: Arrays

  func readArray(_ conjunction: Conjunction, _ target: Target) -> [Code] {
    ArrayLoop(conjunction: conjunction, emitter: self, target: target).code()
  }

  // MARK: Objects

  /// An object of which nothing is kept; structs have their own code.
  func readObject(_ conjunction: Conjunction, _ target: Target) -> [Code] {
    let loop = ObjectLoop(conjunction: conjunction, emitter: self, evaluated: target.evaluated)
    if loop.isTrivial {
      return code {
        "if json.peek() == .object { context.skipUnknown(&json, name: \(target.member)) } "
          + "else { context.mismatch(\"an object\", &json) }"
      }
    }
    return code {
      if loop.needsStart { "let objectStart = json.valueStart()" }
      block("if context.beginObject(&json)") {
        loop.code { name, member in
          self.read(member, .check(member: "member")) + self.redaction(of: member)
        }
      }
    }
  }

  /// The code that marks the member which was just read for redaction.
  func redaction(of member: Conjunction) -> [Code] {
    switch member.redact {
    case nil: []
    case .drop: [.line("context.redact(member: memberStart, at: valueStart, &json)")]
    case let rule?: [.line("context.redact(.\(rule.rawValue), at: valueStart, &json)")]
    }
  }
}

/// The loop over the elements of an array, with the checks that are about all of them.
struct ArrayLoop {
  let conjunction: Conjunction
  let emitter: ValueEmitter
  let target: ValueEmitter.Target

  private var counts: [String] {
    conjunction.schemas.compactMap { schema in
      let bounds = [schema.minItems.map { "minItems: \($0)" }, schema.maxItems.map { "maxItems: \($0)" }]
      return bounds.contains { $0 != nil } ? bounds.compactMap { $0 }.joined(separator: ", ") : nil
    }
  }

  private var kinds: [Schema] { conjunction.schemas.filter { $0.contains != nil } }
  private var isUnique: Bool { conjunction.schemas.contains(where: \.uniqueItems) }
  private var needsStart: Bool { !counts.isEmpty || !kinds.isEmpty }
  private var needsPlace: Bool { !counts.isEmpty || conjunction.prefixCount > 0 || target.evaluated != nil }

  /// The type of the elements that are kept.
  private var element: SwiftType? {
    if target.variable != nil, case .array(let type) = target.type { type } else { nil }
  }

  func code() -> [Code] {
    CTGenerator.code {
      if needsStart { "let at = json.valueStart()" }
      block("if context.beginArray(&json)") {
        if let element { "var elements: [\(element.source)] = []" }
        if needsPlace { "var place = 0" }
        if isUnique { "var unique = UniqueItems()" }
        for index in kinds.indices { "var matches\(index) = 0" }
        block("while json.nextElement()") { content() }
        for check in counts { "context.check(count: place, \(check), at: at)" }
        for (index, schema) in kinds.enumerated() { containsCheck(index, schema) }
        if let variable = target.variable, element != nil { "\(variable) = elements" }
      }
    }
  }

  private func content() -> [Code] {
    CTGenerator.code {
      if isUnique { "let itemStart = json.valueStart()" }
      for (index, schema) in kinds.enumerated() { contains(index, schema) }
      if conjunction.prefixCount > 0 {
        switchOverPlaces()
      } else {
        read(conjunction.element(nil, in: emitter.index), nil)
      }
      if isUnique { "context.check(&unique, itemStart..<json.offset, at: itemStart, &json)" }
      if needsPlace { "place += 1" }
    }
  }

  private func switchOverPlaces() -> [Code] {
    CTGenerator.code {
      "switch place {"
      for place in 0..<conjunction.prefixCount {
        label("case \(place)") { read(conjunction.element(place, in: emitter.index), place) }
      }
      label("default") { read(conjunction.element(nil, in: emitter.index), nil) }
      "}"
    }
  }

  private func read(_ schemas: Conjunction, _ place: Int?) -> [Code] {
    let isEvaluated = conjunction.schemas.contains { schema in
      schema.items != nil || (place ?? .max) < schema.prefixItems?.count ?? 0
    }
    return CTGenerator.code {
      if let evaluated = target.evaluated, isEvaluated { "\(evaluated).insert(place)" }
      if let element {
        "var element: \(element.source)?"
        emitter.read(schemas, .init(variable: "element", type: element, member: target.member))
        "if let element { elements.append(element) }"
      } else if schemas.all.isEmpty {
        "context.skipUnknown(&json, name: \(target.member))"
      } else {
        emitter.read(schemas, .check(member: target.member))
      }
    }
  }

  private func contains(_ index: Int, _ schema: Schema) -> Code {
    .block(
      "do",
      CTGenerator.code {
        "let item = json.bookmark()"
        emitter.trial(
          of: schema.contains!, remembers: emitter.graph.returns(schema) > 1,
          emitter.read(Conjunction([schema.contains!], in: emitter.index), .check(member: target.member)))
        block("if context.endTrial(trial)") {
          "matches\(index) += 1"
          if let evaluated = target.evaluated { "\(evaluated).insert(place)" }
        }
        "json.rewind(to: item)"
      })
  }

  private func containsCheck(_ index: Int, _ schema: Schema) -> String {
    let minimum = schema.minContains.map(String.init) ?? "nil"
    let maximum = schema.maxContains.map(String.init) ?? "nil"
    return "context.check(matches: matches\(index), minContains: \(minimum), maxContains: \(maximum), at: at)"
  }
}

extension Sequence<String> {
  /// Each of them once, compared as names in JSON are.
  func uniqued() -> [String] {
    var seen: Set<ExactString> = []
    return filter { seen.insert(ExactString($0)).inserted }
  }
}
