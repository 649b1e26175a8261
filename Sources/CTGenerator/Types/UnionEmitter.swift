internal import CTSpec

/// Writes the Swift of `oneOf` with a `discriminator`: an `enum` with a struct for each branch and, where something in
/// it is redacted, the form that servers get.
struct UnionEmitter {
  let model: UnionModel
  let emitter: ValueEmitter

  private var values: [String] { model.branches.map(\.value) }

  func declaration() -> [Code] {
    code {
      if let text = model.documentation { Code.documentation(text) }
      emitter.source(model.origin)
      block("public enum \(model.name): Hashable, Sendable, JSONDecodable, JSONEncodable") {
        for branch in model.branches {
          if let text = branch.documentation { Code.documentation(text) }
          "case \(SwiftName.escaped(branch.name))(\(branch.object.name))"
        }
        Code.blank
        encode()
        Code.blank
        decode()
        Code.blank
        readBase("validate", properties: [:])
      }
      Code.blank
    }
  }

  private func encode() -> Code {
    block("public func encode(to output: inout JSONOutput)") {
      "switch self {"
      for branch in model.branches { "case .\(SwiftName.escaped(branch.name))(let value): value.encode(to: &output)" }
      "}"
    }
  }

  private func decode() -> Code {
    block("public static func decode(_ json: inout JSONReader, _ context: inout ValidationContext) -> Self?") {
      "switch context.branch(\(literal(model.discriminator)), \(emitter.pool.table(values)), &json) {"
      for (ordinal, branch) in model.branches.enumerated() {
        "case \(ordinal): return \(branch.object.name).decode(&json, &context).map { .\(SwiftName.escaped(branch.name))($0) }"
      }
      label("default") {
        "validate(&json, &context)"
        "return nil"
      }
      "}"
    }
  }

  /// The check of a value whose branch is known or not: what holds for all of them, and what the branch adds.
  private func readBase(_ name: String, properties: [String: PropertyModel]) -> Code {
    block("static func \(name)(_ json: inout JSONReader, _ context: inout ValidationContext)") {
      "let branch = context.branch(\(literal(model.discriminator)), \(emitter.pool.table(values)), &json, notes: false)"
      emitter.readInPlace(model.base.conjunction, .check(member: "nil"), selects: false)
      "let objectStart = json.valueStart()"
      "guard context.beginObject(&json) else { return }"
      BranchedLoop(model: model, emitter: emitter).code { _ in nil }
    }
  }
}

/// The loop over the members of a union's value, in which a property that a branch refines is read as the branch says.
struct BranchedLoop {
  let model: UnionModel
  let emitter: ValueEmitter

  /// - Parameter target: where a property goes; `nil` where it is only checked.
  func code(_ target: @escaping (String) -> ValueEmitter.Target?) -> [Code] {
    let loop = ObjectLoop(conjunction: model.base.conjunction, emitter: emitter)
    return loop.code { name, base in
      read(name, base, target(name) ?? .check(member: "member")) + emitter.redaction(of: base)
    }
  }

  func read(_ name: String, _ base: Conjunction, _ target: ValueEmitter.Target) -> [Code] {
    // Branches that say the same share a case; that the discriminator has the branch's value is known already.
    var cases: [(ordinals: [Int], schemas: [SchemaID], conjunction: Conjunction)] = []
    for (ordinal, branch) in model.branches.enumerated() where name != model.discriminator {
      let conjunction = branch.object.conjunction.member(name, in: emitter.index)
      let key = conjunction.schemas.map(\.id)
      guard key != base.schemas.map(\.id) else { continue }
      if let place = cases.firstIndex(where: { $0.schemas == key }) {
        cases[place].ordinals.append(ordinal)
      } else {
        cases.append(([ordinal], key, conjunction))
      }
    }
    if cases.isEmpty { return emitter.read(base, target) }
    return CTGenerator.code {
      "switch branch {"
      for item in cases {
        label("case \(item.ordinals.map(String.init).joined(separator: ", "))") {
          Code.comment(item.ordinals.map { model.branches[$0].value }.joined(separator: ", "))
          emitter.read(item.conjunction, target)
        }
      }
      label("default") { emitter.read(base, target) }
      "}"
    }
  }
}
