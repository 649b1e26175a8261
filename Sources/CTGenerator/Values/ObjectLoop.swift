internal import CTSpec

/// The loop over the members of an object, with the checks that are about all of them.
struct ObjectLoop {
  let conjunction: Conjunction
  let emitter: ValueEmitter
  /// The names in the order of the table; those that are only asked for come last.
  let names: [String]
  /// Whether members that no property is about are looked at for personal data.
  let redacts: Bool
  /// The variable that counts which members were evaluated.
  let evaluated: String?
  private let required: [String]
  private let dependencies: [(name: String, required: [String])]
  private let counts: [String]

  init(conjunction: Conjunction, emitter: ValueEmitter, redacts: Bool = true, evaluated: String? = nil) {
    self.conjunction = conjunction
    self.emitter = emitter
    self.redacts = redacts
    self.evaluated = evaluated
    let schemas = conjunction.schemas
    required = schemas.flatMap(\.required).uniqued()
    dependencies = schemas.flatMap(\.dependentRequired)
    counts = schemas.compactMap(Self.counts)
    let asked = schemas.flatMap { schema in
      schema.required + schema.dependentRequired.flatMap { [$0.name] + $0.required }
    }
    names = (schemas.flatMap { $0.properties.lazy.map(\.name) } + asked).uniqued()
  }

  /// Whether any object will do.
  var isTrivial: Bool {
    names.isEmpty && counts.isEmpty
      && conjunction.schemas.allSatisfy {
        $0.additionalProperties == nil && $0.patternProperties.isEmpty && $0.propertyNames == nil
      }
  }

  /// Whether something is said of the object as a whole, at its start.
  var needsStart: Bool { isTracking || !counts.isEmpty }

  private var isTracking: Bool { !required.isEmpty || !dependencies.isEmpty }
  private var hasPatterns: Bool { conjunction.schemas.contains { !$0.patternProperties.isEmpty } }
  private var needsCount: Bool { !counts.isEmpty || evaluated != nil }

  private static func counts(_ schema: Schema) -> String? {
    let bounds = [
      schema.minProperties.map { "minProperties: \($0)" }, schema.maxProperties.map { "maxProperties: \($0)" },
    ].compactMap { $0 }
    return bounds.isEmpty ? nil : bounds.joined(separator: ", ")
  }

  /// - Parameter read: the code that reads the value of one property.
  func code(_ read: (_ name: String, _ member: Conjunction) -> [Code]) -> [Code] {
    let table = names.isEmpty ? nil : emitter.requests.pool.table(names)
    let content = CTGenerator.code {
      if conjunction.schemas.contains(where: { $0.propertyNames != nil }) { propertyNames() }
      if table != nil { members(read) } else { additional() }
      if needsCount { "count += 1" }
    }
    return CTGenerator.code {
      if needsCount { "var count = 0" }
      if let table {
        // Asked for once: each use of a constant asks whether it was made.
        "let names = \(table)"
        "var members = KnownMembers()"
      }
      loop(content, isOfTable: table != nil)
      if table != nil { presence() }
      for check in counts { "context.check(count: count, \(check), at: objectStart)" }
    }
  }

  /// The name is bound only where something asks for it.
  private func loop(_ content: [Code], isOfTable: Bool) -> Code {
    let next = isOfTable ? "json.nextMember(of: names, &members)" : "json.nextMember()"
    let isNamed = content.contains { $0.mentions("member") }
    return .block(isNamed ? "while let member = \(next)" : "while \(next) != nil", content)
  }

  // MARK: What has to be there

  private func presence() -> [Code] {
    CTGenerator.code {
      for (condition, wanted) in requiredByDirection where !wanted.isEmpty {
        let check = "context.check(seen: members.seen, required: \(ordinals(wanted)), names: names, at: objectStart)"
        condition.map { "if \($0) { \(check) }" } ?? check
      }
      for (name, others) in dependencies where !others.isEmpty {
        let ordinal = names.firstIndex { $0.utf8.elementsEqual(name.utf8) }!
        "context.check(seen: members.seen, having: \(ordinal), requires: \(ordinals(others)), names: names, at: objectStart)"
      }
    }
  }

  /// What has to be there in any case, and what only one way.
  private var requiredByDirection: [(condition: String?, names: [String])] {
    let members = required.sorted().map { ($0, conjunction.fullMember($0, in: emitter.index)) }
    return [
      (nil, members.filter { !$1.isReadOnly && !$1.isWriteOnly }.map(\.0)),
      ("!context.isRequest", members.filter { $1.isReadOnly }.map(\.0)),
      ("!context.isResponse", members.filter { $1.isWriteOnly && !$1.isReadOnly }.map(\.0)),
    ]
  }

  private func ordinals(_ wanted: [String]) -> String {
    let wanted = Set(wanted.map(ExactString.init))
    let places = names.indices.filter { wanted.contains(ExactString(names[$0])) }
    if places.count > 8, places.last == places.count - 1 { return "OrdinalSet(first: \(places.count))" }
    // As bits where they fit one word: a set that has to be made of a list costs as much as a member.
    guard let last = places.last, last >= 64 else {
      return "OrdinalSet(bits: 0b\(String(places.reduce(0 as UInt64) { $0 | 1 << UInt64($1) }, radix: 2)))"
    }
    return "[\(places.map(String.init).joined(separator: ", "))]"
  }

  // MARK: Members

  private func members(_ read: (String, Conjunction) -> [Code]) -> [Code] {
    CTGenerator.code {
      "switch members.ordinal {"
      for (ordinal, name) in names.enumerated() {
        let member = conjunction.member(name, in: emitter.index)
        if !member.roots.isEmpty {
          label("case \(ordinal)") {
            Code.comment(name)
            if redacts, member.redact == .drop { "let memberStart = json.memberOffset" }
            if redacts, member.redact != nil { "let valueStart = json.valueStart()" }
            if let evaluated { "\(evaluated).insert(count)" }
            directed(member, read(name, member))
          }
        }
      }
      label("default") { additional() }
      "}"
    }
  }

  /// A member that goes one way only is refused on the other.
  private func directed(_ member: Conjunction, _ content: [Code]) -> [Code] {
    var conditions: [(condition: String, keyword: String)] = []
    if member.isReadOnly { conditions.append(("context.isRequest", "readOnly")) }
    if member.isWriteOnly { conditions.append(("context.isResponse", "writeOnly")) }
    return conditions.reduce(content) { content, condition in
      [
        .line("if \(condition.condition) { context.refuse(&json, \(literal(condition.keyword))) } else {"),
        .indented(content), .line("}"),
      ]
    }
  }

  /// A member that no property is about: by the patterns that match its name, or else by what is said of the rest.
  private func additional() -> [Code] {
    hasPatterns ? patterns() : rest(conjunction.additional)
  }

  private func rest(_ schemas: [SchemaID]) -> [Code] {
    if schemas.isEmpty {
      guard redacts else { return [.line("json.skipValue()")] }
      return ["context.inspectName(member, &json)", "context.skipUnknown(&json, name: member)"].map(Code.line)
    }
    let others = schemas.filter { emitter.index[$0].boolean != false }
    let isRefused = others.count < schemas.count
    return CTGenerator.code {
      if let evaluated { "\(evaluated).insert(count)" }
      if isRefused, !others.isEmpty { "let memberStart = json.bookmark()" }
      if isRefused { "context.refuse(&json, \"additionalProperties\")" }
      if isRefused, !others.isEmpty { "json.rewind(to: memberStart)" }
      if !others.isEmpty { emitter.read(Conjunction(others, in: emitter.index), .check(member: "member")) }
    }
  }

  /// Each schema has patterns of its own, and an `additionalProperties` that is about what they do not match.
  private func patterns() -> [Code] {
    CTGenerator.code {
      "let patternStart = json.bookmark()"
      for schema in conjunction.schemas where !schema.patternProperties.isEmpty || schema.additionalProperties != nil {
        Code.block(
          "do",
          CTGenerator.code {
            if schema.additionalProperties != nil { "var isMatched = false" }
            for (pattern, id) in schema.patternProperties { match(pattern, id, schema) }
            if let additional = schema.additionalProperties {
              Code.block("if !isMatched", self.rest([additional]))
            }
          })
        "json.rewind(to: patternStart)"
      }
      redacts ? "context.skipUnknown(&json, name: member)" : "json.skipValue()"
    }
  }

  private func match(_ pattern: String, _ id: SchemaID, _ schema: Schema) -> Code {
    .block(
      "if json.withBytes(of: member, { \(emitter.requests.pool.pattern(pattern)).matches($0) })",
      CTGenerator.code {
        if schema.additionalProperties != nil { "isMatched = true" }
        if let evaluated { "\(evaluated).insert(count)" }
        "json.rewind(to: patternStart)"
        emitter.read(Conjunction([id], in: emitter.index), .check(member: "member"))
      })
  }

  private func propertyNames() -> [Code] {
    let schemas = conjunction.schemas.compactMap(\.propertyNames)
    return [
      .block(
        "do",
        CTGenerator.code {
          "let value = json.bookmark()"
          "let valueOffset = json.valueStart()"
          "json.rewind(to: json.memberNameBookmark())"
          "let trial = context.beginTrial()"
          Code.block("do", emitter.read(Conjunction(schemas, in: emitter.index), .check(member: "nil")))
          "let accepted = context.endTrial(trial)"
          "json.rewind(to: value)"
          "if !accepted { context.fail(\"propertyNames\", at: valueOffset, \"has a name that is not allowed here\") }"
        })
    ]
  }
}
