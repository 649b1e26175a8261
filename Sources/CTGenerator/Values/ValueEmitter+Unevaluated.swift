internal import CTSpec

/// `unevaluatedProperties` and `unevaluatedItems`: the value is read once with an account of what is evaluated, and once
/// more for the rest (JSON Schema core, section 11).
extension ValueEmitter {
  func readCounting(_ conjunction: Conjunction, _ target: Target) -> [Code] {
    let evaluated = (target.evaluated ?? "") + "Evaluated"
    let name = evaluated.prefix(1).lowercased() + evaluated.dropFirst()
    let counting = Target.check(member: target.member, evaluated: name)
    let kept = target.variable.map { variable in
      code {
        "json.rewind(to: whole)"
        readKept(conjunction, Target(variable: variable, type: target.type, member: target.member))
      }
    }
    let rest = conjunction.counting.flatMap { judgeRest($0, target, name) }
    if rest.isEmpty, target.evaluated == nil { return readInPlace(conjunction, target) + readOnce(conjunction, target) }
    return code {
      "let whole = json.bookmark()"
      "var \(name) = EvaluatedPlaces()"
      Code.block("do", readInPlace(conjunction, counting) + readOnce(conjunction, counting))
      rest
      if let outer = target.evaluated { "\(outer).formUnion(\(name))" }
      if let kept { kept }
    }
  }

  private func judgeRest(_ schema: Schema, _ target: Target, _ evaluated: String) -> [Code] {
    code {
      if let rest = schema.unevaluatedProperties, mayBe(.object, schema) { members(rest, target, evaluated) }
      if let rest = schema.unevaluatedItems, mayBe(.array, schema) { elements(rest, target, evaluated) }
    }
  }

  /// The value again, for itself: what is wrong with it was noted the first time.
  private func readKept(_ conjunction: Conjunction, _ target: Target) -> [Code] {
    code {
      "let trial = context.beginTrial()"
      Code.block("do", readOnce(conjunction, target))
      "_ = context.endTrial(trial)"
    }
  }

  private func mayBe(_ type: JSONType, _ schema: Schema) -> Bool { schema.types.map { $0.contains(type) } ?? true }

  private func members(_ rest: SchemaID, _ target: Target, _ evaluated: String) -> Code {
    let judging = readRest(rest, "unevaluatedProperties", member: "member")
    let isNamed = judging.contains { $0.mentions("member") }
    return .block(
      "do",
      code {
        "json.rewind(to: whole)"
        Code.block(
          "if !\(evaluated).isUnknown, json.peek() == .object",
          code {
            "json.beginObject()"
            "var place = 0"
            block(isNamed ? "while let member = json.nextMember()" : "while json.nextMember() != nil") {
              "if \(evaluated).contains(place) { json.skipValue() } else {"
              Code.indented(judging)
              "}"
              "\(evaluated).insert(place)"
              "place += 1"
            }
          }, after: " else { json.skipValue() }")
      })
  }

  private func elements(_ rest: SchemaID, _ target: Target, _ evaluated: String) -> Code {
    .block(
      "do",
      code {
        "json.rewind(to: whole)"
        Code.block(
          "if !\(evaluated).isUnknown, json.peek() == .array",
          code {
            "json.beginArray()"
            "var place = 0"
            block("while json.nextElement()") {
              "if \(evaluated).contains(place) { json.skipValue() } else {"
              Code.indented(readRest(rest, "unevaluatedItems", member: target.member))
              "}"
              "\(evaluated).insert(place)"
              "place += 1"
            }
          }, after: " else { json.skipValue() }")
      })
  }

  private func readRest(_ rest: SchemaID, _ keyword: String, member: String) -> [Code] {
    let conjunction = Conjunction([rest], in: index)
    return conjunction.isNever
      ? [.line("context.refuse(&json, \(literal(keyword)))")] : read(conjunction, .check(member: member))
  }
}
