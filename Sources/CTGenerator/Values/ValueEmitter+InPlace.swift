internal import CTSpec

/// The applicators that look at the same value again: the reader goes back to its start for each.
extension ValueEmitter {
  func readInPlace(_ conjunction: Conjunction, _ target: Target) -> [Code] {
    let parts = conjunction.schemas.flatMap { applicators(of: $0, target) }
    guard !parts.isEmpty else { return [] }
    return code {
      "let mark = json.bookmark()"
      for part in parts {
        Code.block("do", part)
        "json.rewind(to: mark)"
      }
    }
  }

  private func applicators(of schema: Schema, _ target: Target) -> [[Code]] {
    var parts: [[Code]] = []
    if !schema.anyOf.isEmpty { parts.append(anyOf(schema.anyOf, target)) }
    if !schema.oneOf.isEmpty, schema.discriminator == nil { parts.append(oneOf(schema.oneOf, target)) }
    if let not = schema.not { parts.append(self.not(not, target)) }
    if let condition = schema.if { parts.append(self.if(condition, schema.then, schema.else, target)) }
    return parts
  }

  private func check(_ id: SchemaID, _ target: Target) -> [Code] {
    read(Conjunction([id], in: index), .check(member: target.member))
  }

  /// Tries a subschema: `accepted` then says whether it took the value.
  private func attempt(_ id: SchemaID, _ target: Target) -> [Code] {
    code {
      "let trial = context.beginTrial()"
      Code.block("do", check(id, target))
      "let accepted = context.endTrial(trial)"
    }
  }

  private func anyOf(_ branches: [SchemaID], _ target: Target) -> [Code] {
    code {
      "let at = json.valueStart()"
      "var isAccepted = false"
      for branch in branches {
        block("do") {
          "json.rewind(to: mark)"
          attempt(branch, target)
          "if accepted { isAccepted = true }"
        }
      }
      "if !isAccepted { context.fail(\"anyOf\", at: at, \"is none of what is allowed here\") }"
    }
  }

  private func oneOf(_ branches: [SchemaID], _ target: Target) -> [Code] {
    code {
      "let at = json.valueStart()"
      "var acceptedCount = 0"
      for branch in branches {
        block("do") {
          "json.rewind(to: mark)"
          attempt(branch, target)
          "if accepted { acceptedCount += 1 }"
        }
      }
      block("if acceptedCount != 1") {
        "context.fail(\"oneOf\", at: at, \"has to be exactly one of what is allowed here, and is \\(acceptedCount)\")"
      }
    }
  }

  private func not(_ id: SchemaID, _ target: Target) -> [Code] {
    code {
      "let at = json.valueStart()"
      attempt(id, target)
      "if accepted { context.fail(\"not\", at: at, \"is what is not allowed here\") }"
    }
  }

  private func `if`(_ condition: SchemaID, _ then: SchemaID?, _ otherwise: SchemaID?, _ target: Target) -> [Code] {
    code {
      attempt(condition, target)
      "json.rewind(to: mark)"
      if then == nil, otherwise == nil { "_ = accepted" }
      if let then { Code.block("if accepted", check(then, target)) }
      if let otherwise { Code.block("if !accepted", check(otherwise, target)) }
    }
  }
}
