internal import CTSpec

/// The applicators that look at the same value again: the reader goes back to its start for each.
extension ValueEmitter {
  /// - Parameter selects: whether a `discriminator` selects a branch here; a union's own code does that itself.
  func readInPlace(_ conjunction: Conjunction, _ target: Target, selects: Bool = true) -> [Code] {
    let parts = inPlaceParts(conjunction, target, selects)
    guard !parts.isEmpty else { return [] }
    return code {
      "let mark = json.bookmark()"
      for part in parts {
        Code.block("do", part)
        "json.rewind(to: mark)"
      }
    }
  }

  private func inPlaceParts(_ conjunction: Conjunction, _ target: Target, _ selects: Bool) -> [[Code]] {
    let check = Target.check(member: target.member, evaluated: target.evaluated)
    let remembers = conjunction.all.reduce(0) { $0 + graph.returns($1) } > 1
    return conjunction.apart.map { read($0, check) }
      + conjunction.schemas.flatMap { applicators(of: $0, target, selects, remembers) }
  }

  /// - Parameter remembers: whether outcomes are kept, since they will be asked for again.
  private func applicators(
    of schema: Schema, _ target: Target, _ selects: Bool, _ remembers: Bool
  ) -> [[Code]] {
    var parts: [[Code]] = []
    if selects, let discriminator = schema.discriminator { parts.append(select(discriminator, target)) }
    parts += schema.generalValues.map { values($0, of: schema) }
    // A discriminator decides about `oneOf`, or about `anyOf` where there is none.
    if !schema.anyOf.isEmpty, schema.discriminator == nil || !schema.oneOf.isEmpty {
      parts.append(anyOf(schema.anyOf, target, remembers))
    }
    if !schema.oneOf.isEmpty, schema.discriminator == nil { parts.append(oneOf(schema.oneOf, target, remembers)) }
    if let not = schema.not { parts.append(self.not(not, target, remembers)) }
    if let condition = schema.if {
      parts.append(self.if(condition, schema.then, schema.else, target, remembers))
    }
    for (name, dependent) in schema.dependentSchemas { parts.append(self.dependent(name, dependent, target)) }
    return parts
  }

  private func check(_ id: SchemaID, _ target: Target, evaluated: String? = nil) -> [Code] {
    read(Conjunction([id], in: index), .check(member: target.member, evaluated: evaluated))
  }

  private func select(_ discriminator: Discriminator, _ target: Target) -> [Code] {
    let table = requests.pool.table(discriminator.mapping.map(\.value))
    return code {
      "switch context.branch(\(literal(discriminator.propertyName)), \(table), &json) {"
      for (ordinal, branch) in discriminator.mapping.enumerated() {
        label("case \(ordinal)") { check(branch.schema, target, evaluated: target.evaluated) }
      }
      label("default") { target.evaluated.map { "\($0).isUnknown = true" } ?? "break" }
      "}"
    }
  }

  /// Tries a subschema: `accepted` then says whether it took the value, and the variable `branch` what it evaluated.
  private func attempt(_ id: SchemaID, _ target: Target, branch: String?, _ remembers: Bool) -> [Code] {
    let content = check(id, target, evaluated: branch)
    return code {
      if let branch {
        "\(content.contains { $0.mentions(branch) } ? "var" : "let") \(branch) = EvaluatedPlaces()"
      }
      // What was evaluated is not kept with the outcome.
      trial(of: id, remembers: remembers && branch == nil, content)
      "let accepted = context.endTrial(trial)"
    }
  }

  /// Begins a trial of a subschema; `context.endTrial(trial)` then tells its outcome.
  func trial(of id: SchemaID, remembers: Bool, _ content: [Code]) -> [Code] {
    guard remembers else { return [.line("let trial = context.beginTrial()"), .block("do", content)] }
    let number = StableHash.of(paths.name(of: index.resolved(id).id).utf8)
    return [.line("let trial = context.beginTrial(of: \(number), &json)"), .block("if !trial.isKnown", content)]
  }

  /// `const` and `enum` with other values than strings, judged only where the type is right.
  private func values(_ general: (keyword: String, values: [SpecNode]), of schema: Schema) -> [Code] {
    let constant = requests.pool.values(general.values.map(\.jsonValue))
    let check = "context.check(&json, isOneOf: \(constant), \(literal(general.keyword)))"
    guard let types = schema.types else { return [.line(check)] }
    return code {
      "let trial = context.beginTrial()"
      Code.block("do", readType(Set(types)))
      block("if context.endTrial(trial)") {
        "json.rewind(to: mark)"
        check
      }
    }
  }

  private func readType(_ types: Set<JSONType>) -> [Code] {
    code {
      "switch json.peek() {"
      for type in JSONType.allCases where types.contains(type) {
        switch type {
        case .integer: if !types.contains(.number) { "case .number: _ = context.integer(&json)" }
        default: "case .\(type.rawValue): json.skipValue()"
        }
      }
      "default: context.mismatch(\"another type\", &json)"
      "}"
    }
  }

  private func anyOf(_ branches: [SchemaID], _ target: Target, _ remembers: Bool) -> [Code] {
    code {
      "let at = json.valueStart()"
      "var isAccepted = false"
      for branch in branches {
        block("do") {
          "json.rewind(to: mark)"
          attempt(branch, target, branch: target.branch, remembers)
          "if accepted { isAccepted = true }"
          if let evaluated = target.evaluated { "if accepted { \(evaluated).formUnion(\(evaluated)Branch) }" }
        }
      }
      block("if !isAccepted") {
        "context.fail(\"anyOf\", at: at, \"is none of what is allowed here\")"
        if let evaluated = target.evaluated { "\(evaluated).isUnknown = true" }
      }
    }
  }

  private func oneOf(_ branches: [SchemaID], _ target: Target, _ remembers: Bool) -> [Code] {
    code {
      "let at = json.valueStart()"
      "var acceptedCount = 0"
      if let evaluated = target.evaluated { "var \(evaluated)Found = EvaluatedPlaces()" }
      for branch in branches {
        block("do") {
          "json.rewind(to: mark)"
          attempt(branch, target, branch: target.branch, remembers)
          "if accepted { acceptedCount += 1 }"
          if let evaluated = target.evaluated { "if accepted { \(evaluated)Found.formUnion(\(evaluated)Branch) }" }
        }
      }
      if let evaluated = target.evaluated { "if acceptedCount == 1 { \(evaluated).formUnion(\(evaluated)Found) }" }
      block("if acceptedCount != 1") {
        "context.fail(\"oneOf\", at: at, \(literal(index.mismatch(ofOneOf: branches) + " ")) + \"\\(acceptedCount)\")"
        if let evaluated = target.evaluated { "\(evaluated).isUnknown = true" }
      }
    }
  }

  private func not(_ id: SchemaID, _ target: Target, _ remembers: Bool) -> [Code] {
    code {
      "let at = json.valueStart()"
      attempt(id, target, branch: nil, remembers)
      "if accepted { context.fail(\"not\", at: at, \"is what is not allowed here\") }"
    }
  }

  private func `if`(
    _ condition: SchemaID, _ then: SchemaID?, _ otherwise: SchemaID?, _ target: Target, _ remembers: Bool
  ) -> [Code] {
    code {
      attempt(condition, target, branch: target.branch, remembers)
      "json.rewind(to: mark)"
      if let evaluated = target.evaluated { "if accepted { \(evaluated).formUnion(\(evaluated)Branch) }" }
      if then == nil, otherwise == nil { "_ = accepted" }
      if let then { Code.block("if accepted", check(then, target, evaluated: target.evaluated)) }
      if let otherwise { Code.block("if !accepted", check(otherwise, target, evaluated: target.evaluated)) }
    }
  }

  private func dependent(_ name: String, _ id: SchemaID, _ target: Target) -> [Code] {
    [
      .block(
        "if json.peek() == .object, json.peekMemberOffset(\(literal(name))) != nil",
        check(id, target, evaluated: target.evaluated))
    ]
  }
}

extension ValueEmitter.Target {
  /// The variable for what a branch evaluates; its name differs from those around it.
  fileprivate var branch: String? { evaluated.map { $0 + "Branch" } }
}
