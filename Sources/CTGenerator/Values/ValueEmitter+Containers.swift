internal import CTSpec

extension ValueEmitter {
  // MARK: Arrays

  func readArray(_ conjunction: Conjunction, _ target: Target) -> [Code] {
    let counts = conjunction.schemas.compactMap { countCheck($0) }
    let unique = conjunction.schemas.contains(where: \.uniqueItems)
    let items = Conjunction(conjunction.schemas.compactMap(\.items), in: index)
    var element: SwiftType?
    if target.variable != nil, case .array(let type) = target.type { element = type }
    return code {
      if !counts.isEmpty { "let at = json.valueStart()" }
      block("if context.beginArray(&json)") {
        if let element { "var elements: [\(element.source)] = []" }
        if !counts.isEmpty { "var count = 0" }
        if unique { "var unique = UniqueItems()" }
        block("while json.nextElement()") {
          if !counts.isEmpty { "count += 1" }
          if unique { "let itemStart = json.valueStart()" }
          readElement(items, element, target)
          if unique { "context.check(&unique, itemStart..<json.offset, at: itemStart, json)" }
        }
        for check in counts { "context.check(count: count, \(check), at: at)" }
        if let variable = target.variable, element != nil { "\(variable) = elements" }
      }
    }
  }

  private func readElement(_ items: Conjunction, _ element: SwiftType?, _ target: Target) -> [Code] {
    guard let element else {
      return items.schemas.isEmpty
        ? [.line("context.skipUnknown(&json, name: \(target.member))")] : read(items, .check(member: target.member))
    }
    return code {
      "var element: \(element.source)?"
      read(items, Target(variable: "element", type: element, member: target.member))
      "if let element { elements.append(element) }"
    }
  }

  private func countCheck(_ schema: Schema) -> String? {
    let bounds = [schema.minItems.map { "minItems: \($0)" }, schema.maxItems.map { "maxItems: \($0)" }]
    return bounds.contains { $0 != nil } ? bounds.compactMap { $0 }.joined(separator: ", ") : nil
  }

  // MARK: Objects

  /// An object of which nothing is kept; structs have their own code.
  func readObject(_ conjunction: Conjunction, _ target: Target) -> [Code] {
    let loop = ObjectLoop(conjunction: conjunction, emitter: self)
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
    case .drop: [.line("context.redact(member: memberStart, at: valueStart, json)")]
    case let rule?: [.line("context.redact(.\(rule.rawValue), at: valueStart, json)")]
    }
  }
}

/// The loop over the members of an object, with the checks that are about all of them.
struct ObjectLoop {
  let conjunction: Conjunction
  let emitter: ValueEmitter
  /// The names in the order of the table; those that are only required come last.
  let names: [String]
  /// Whether members that no property is about are looked at for personal data.
  var redacts = true

  init(conjunction: Conjunction, emitter: ValueEmitter, redacts: Bool = true) {
    self.conjunction = conjunction
    self.emitter = emitter
    self.redacts = redacts
    let properties = conjunction.propertyNames
    names = properties + conjunction.schemas.flatMap(\.required).uniqued().filter { !properties.contains($0) }
  }

  /// Whether any object will do.
  var isTrivial: Bool {
    names.isEmpty && counts.isEmpty && conjunction.schemas.allSatisfy { $0.additionalProperties == nil }
  }

  /// Whether something is said of the object as a whole, at its start.
  var needsStart: Bool { !conjunction.required.isEmpty || !counts.isEmpty }

  private var counts: [String] {
    conjunction.schemas.compactMap { schema in
      let bounds = [
        schema.minProperties.map { "minProperties: \($0)" }, schema.maxProperties.map { "maxProperties: \($0)" },
      ]
      return bounds.contains { $0 != nil } ? bounds.compactMap { $0 }.joined(separator: ", ") : nil
    }
  }

  /// - Parameter read: the code that reads the value of one property.
  func code(_ read: (_ name: String, _ member: Conjunction) -> [Code]) -> [Code] {
    let table = names.isEmpty ? nil : emitter.pool.table(names)
    let required = conjunction.required
    let ordinals = names.indices.filter { required.contains(names[$0]) }.map(String.init)
    return CTGenerator.code {
      if !ordinals.isEmpty { "var seen: OrdinalSet = []" }
      if !counts.isEmpty { "var count = 0" }
      if table != nil { "var expected = 0" }
      block("while let member = json.nextMember()") {
        if !counts.isEmpty { "count += 1" }
        if let table { members(table, tracks: !ordinals.isEmpty, read) } else { additional() }
      }
      if let table, !ordinals.isEmpty {
        "context.check(seen: seen, required: [\(ordinals.joined(separator: ", "))], names: \(table), at: objectStart)"
      }
      for check in counts { "context.check(count: count, \(check), at: objectStart)" }
    }
  }

  private func members(
    _ table: String, tracks: Bool, _ read: (String, Conjunction) -> [Code]
  ) -> [Code] {
    CTGenerator.code {
      "let ordinal = \(table).index(of: member, in: json, expected: expected)"
      "if ordinal >= 0 { expected = ordinal + 1 }"
      if tracks { "if ordinal >= 0 { seen.insert(ordinal) }" }
      "switch ordinal {"
      for (ordinal, name) in names.enumerated() {
        let member = conjunction.member(name, in: emitter.index)
        label("case \(ordinal)") {
          Code.comment(name)
          if redacts, member.redact == .drop { "let memberStart = json.memberOffset" }
          if redacts, member.redact != nil { "let valueStart = json.valueStart()" }
          member.schemas.isEmpty ? additional() : read(name, member)
        }
      }
      label("default") { additional() }
      "}"
    }
  }

  private func additional() -> [Code] {
    let rest = conjunction.additional(in: emitter.index)
    if rest.schemas.isEmpty || rest.only?.boolean == true {
      return [.line(redacts ? "context.skipUnknown(&json, name: member)" : "json.skipValue()")]
    }
    if rest.isNever { return [.line("context.refuse(&json, \"additionalProperties\")")] }
    return emitter.read(rest, .check(member: "member"))
  }
}

extension Sequence where Element: Hashable {
  func uniqued() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
