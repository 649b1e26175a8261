internal import CTSpec

/// Writes the form of a union that handlers get: checked and redacted in one pass, its plain properties as values, the
/// others as the bytes that may be stored.
struct RedactedEmitter {
  let model: UnionModel
  let emitter: ValueEmitter

  func declaration() -> [Code] {
    let properties = model.base.properties.map(flattened)
    return code {
      block("extension \(model.name)") {
        Code.documentation(
          "The value as a handler gets it: its marked properties and the personal data in what the schemas leave open "
            + "are taken out (`x-ct-redact`).")
        block("public struct Redacted: Hashable, Sendable, JSONDecodable") {
          for property in properties {
            if let text = property.documentation { Code.documentation(text) }
            "public let \(SwiftName.escaped(property.name)): \(property.type.source)\(property.isRequired ? "" : "?")"
          }
          Code.blank
          decode(properties)
        }
      }
      Code.blank
    }
  }

  /// Objects and arrays are kept as bytes.
  private func flattened(_ property: PropertyModel) -> PropertyModel {
    var property = property
    switch property.type {
    case .string, .int, .number, .bool, .timestamp: break
    case .named(let name) where emitter.models.stringEnum(name) != nil: break
    default: property.type = .raw
    }
    return property
  }

  private func decode(_ properties: [PropertyModel]) -> Code {
    let table = emitter.requests.pool.table(model.branches.map(\.value))
    return block("public static func decode(_ json: inout JSONReader, _ context: inout ValidationContext) -> Self?") {
      "let branch = context.branch(\(literal(model.discriminator)), \(table), &json)"
      checkBranches()
      emitter.readInPlace(model.base.conjunction, .check(member: "nil"), selects: false)
      "let objectStart = json.valueStart()"
      "guard context.beginObject(&json) else { return nil }"
      for property in properties {
        property.type == .raw
          ? "var \(property.name)Range: Range<Int>?" : "var \(property.name)Value: \(property.type.source)?"
      }
      loop(properties)
      finish(properties)
    }
  }

  /// What branches say besides refining properties, judged before: the loop below is about what all of them have.
  private func checkBranches() -> [Code] {
    if model.isRefinedOnly(emitter.index) { return [] }
    let target = ValueEmitter.Target.check(member: "nil")
    return code {
      "let start = json.bookmark()"
      "let suspended = context.suspendRedaction()"
      if model.countsEvaluated {
        Code.block("do", emitter.readBody(model.base.conjunction, target))
      } else {
        "switch branch {"
        for (ordinal, branch) in model.branches.enumerated() {
          let schema = Conjunction([branch.object.conjunction.roots[1]], in: emitter.index)
          label("case \(ordinal)") { emitter.readBody(schema, target) }
        }
        "default: break"
        "}"
      }
      "context.resumeRedaction(suspended)"
      "json.rewind(to: start)"
    }
  }

  private func loop(_ properties: [PropertyModel]) -> [Code] {
    let byName = Dictionary(uniqueKeysWithValues: properties.map { (ExactString($0.jsonName), $0) })
    let loop = ObjectLoop(conjunction: model.base.conjunction, emitter: emitter)
    let branched = BranchedLoop(model: model, emitter: emitter)
    return loop.code { name, base in
      guard let property = byName[ExactString(name)] else { return branched.read(name, base, .check(member: "member")) }
      if property.type == .raw {
        return code {
          "let start = json.valueStart()"
          branched.read(name, base, .check(member: "member"))
          "\(property.name)Range = start..<json.offset"
        }
      }
      return branched.read(
        name, base,
        .init(variable: "\(property.name)Value", type: property.type, member: "member", isRecorded: true))
    }
  }

  private func finish(_ properties: [PropertyModel]) -> [Code] {
    let needed = properties.filter(\.isRequired).map { "let \(local($0))" }
    let arguments = properties.map { property in
      let value = local(property)
      let label = SwiftName.label(property.name)
      guard property.type == .raw else { return "\(label): \(value)" }
      return property.isRequired
        ? "\(label): RawJSON(checked: context.redacted(\(value), json))"
        : "\(label): \(value).map { RawJSON(checked: context.redacted($0, json)) }"
    }
    return code {
      if !needed.isEmpty { Code.list("guard ", needed, " else { return nil }") }
      Code.list("return Self(", arguments, ")")
    }
  }

  private func local(_ property: PropertyModel) -> String {
    property.name + (property.type == .raw ? "Range" : "Value")
  }
}
