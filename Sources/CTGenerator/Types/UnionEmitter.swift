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
        validate()
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
      "switch \(selection(notes: false)) {"
      for (ordinal, branch) in model.branches.enumerated() {
        label("case \(ordinal)") {
          "guard let value = \(branch.object.name).decode(&json, &context) else { return nil }"
          "return .\(SwiftName.escaped(branch.name))(value)"
        }
      }
      label("default") {
        "Self.validate(&json, &context)"
        "return nil"
      }
      "}"
    }
  }

  private func selection(notes: Bool) -> String {
    let arguments = "\(literal(model.discriminator)), \(emitter.requests.pool.table(values)), &json"
    return "context.branch(\(arguments)\(notes ? "" : ", notes: false"))"
  }

  /// The check of a value whose branch is known or not.
  private func validate() -> Code {
    let loop = BranchedLoop(model: model, emitter: emitter)
    return block("static func validate(_ json: inout JSONReader, _ context: inout ValidationContext)") {
      if model.isRefinedOnly(emitter.index) {
        let members = loop.code()
        "\(members.contains { $0.mentions("switch branch") } ? "let branch" : "_") = \(selection(notes: true))"
        whole(members)
      } else {
        "switch \(selection(notes: true)) {"
        for (ordinal, branch) in model.branches.enumerated() {
          label("case \(ordinal)") { check(branch) }
        }
        label("default") { whole(loop.code(branched: false)) }
        "}"
      }
    }
  }

  /// What holds for every branch, and the loop over the members.
  private func whole(_ members: [Code]) -> [Code] {
    code {
      emitter.readInPlace(model.base.conjunction, .check(member: "nil"), selects: false)
      "let objectStart = json.valueStart()"
      "guard context.beginObject(&json) else { return }"
      members
    }
  }

  /// All that base and branch say.
  private func check(_ branch: UnionModel.Branch) -> [Code] {
    let conjunction = branch.object.conjunction
    let target = ValueEmitter.Target.check(member: "nil")
    if model.countsEvaluated { return emitter.readBody(model.base.conjunction, target) }
    return emitter.readInPlace(conjunction, target, selects: false) + emitter.readOnce(conjunction, target)
  }
}

extension UnionModel {
  /// Whether branches only say more of properties that the union has, so that one loop does for all of them.
  func isRefinedOnly(_ index: SpecIndex) -> Bool {
    let names = Set(base.conjunction.propertyNames)
    let required = Set(base.conjunction.required)
    return !countsEvaluated
      && branches.allSatisfy { branch in
        let schema = index[branch.object.conjunction.roots[1]]
        return names.isSuperset(of: schema.properties.map(\.name)) && required.isSuperset(of: schema.required)
          && schema.refinesProperties
      }
  }

  /// Whether something is said of what no other keyword has looked at.
  var countsEvaluated: Bool {
    branches.contains { !$0.object.conjunction.counting.isEmpty }
  }
}

/// The loop over the members of a union's value, in which a property that a branch refines is read as the branch says.
struct BranchedLoop {
  let model: UnionModel
  let emitter: ValueEmitter

  /// - Parameter branched: whether a branch may be selected.
  func code(branched: Bool = true) -> [Code] {
    let loop = ObjectLoop(conjunction: model.base.conjunction, emitter: emitter)
    let target = ValueEmitter.Target.check(member: "member")
    return loop.code { name, base in
      (branched ? read(name, base, target) : emitter.read(base, target)) + emitter.redaction(of: base)
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
