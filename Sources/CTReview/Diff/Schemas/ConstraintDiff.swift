internal import CTSpec

extension DiffRule {
  static let constraintAdded = SidedRule(
    request: DiffRule(
      "request-constraint-added", .breaking,
      "Another constraint (`oneOf`, `not`, `items`, `contains`, `dependentRequired`, …) has to be met.",
      because: "Callers may send what does not meet it."),
    response: DiffRule(
      "response-constraint-added", .safe, "Answers meet another constraint.", because: "Readers were told of more."))
  static let constraintRemoved = SidedRule(
    request: DiffRule(
      "request-constraint-removed", .safe, "A constraint no longer has to be met.", because: "Meeting it is fine."),
    response: DiffRule(
      "response-constraint-removed", .risky, "Answers need not meet a constraint any more.",
      because: "Readers may rely on it."))
  static let constraintChanged = SidedRule(
    request: DiffRule(
      "request-constraint-changed", .risky, "Something within `not`, `if` or `contains` is another.",
      because: "Whether less or more can be sent cannot be seen from here."),
    response: DiffRule(
      "response-constraint-changed", .risky, "Something within `not`, `if` or `contains` is another.",
      because: "Whether less or more is answered cannot be seen from here."))

  static let constraintRules = [constraintAdded, constraintRemoved, constraintChanged].flatMap {
    [$0.request, $0.response]
  }
}

extension DiffRun {
  /// Compares what stands in subschemas other than branches, and `dependentRequired`. Items and properties that match a
  /// pattern are compared apart.
  mutating func compareConstraints(_ old: Conjunction, _ new: Conjunction, _ types: Set<JSONType>, _ place: Place) {
    let (before, after) = (old.constraints(on: types, in: self.old), new.constraints(on: types, in: self.new))
    let (oldByName, newByName) = (Self.byName(before), Self.byName(after))
    for constraint in before {
      guard let match = newByName[ExactString(constraint.name)] else {
        if constraint.isVacuous || constraint.isAboutOthers && new.isClosed(in: self.new) { continue }
        report(
          DiffRule.constraintRemoved[place.side], place, "'\(constraint.name)' is gone",
          old: old.location(of: constraint.keyword), new: new.location)
        continue
      }
      let inner = constraint.token.map { place.appending($0) } ?? place
      compare(constraint.schemas, match.schemas, constraint.isOpaque ? inner.hidden(in: constraint.keyword) : inner)
    }
    for constraint in after where oldByName[ExactString(constraint.name)] == nil {
      if constraint.isVacuous || constraint.isAboutOthers && old.isClosed(in: self.old) { continue }
      report(
        DiffRule.constraintAdded[place.side], place, "'\(constraint.name)' is new", old: old.location,
        new: new.location(of: constraint.keyword))
    }
  }

  private static func byName(_ constraints: [Constraint]) -> [ExactString: Constraint] {
    Dictionary(constraints.map { (ExactString($0.name), $0) }) { first, _ in first }
  }
}

/// A keyword with subschemas that must hold somewhere; the same name in both documents is the same constraint.
private struct Constraint {
  var keyword: String
  var name: String
  var schemas: [SchemaID] = []
  /// Which part of the instance it is about; `nil`: the whole.
  var token: String?
  /// Whether everything meets it.
  var isVacuous = false

  /// Whether it is about properties that are not declared: from refusing them or to that is opening or closing.
  var isAboutOthers: Bool { ["additionalProperties", "unevaluatedProperties"].contains(keyword) }

  /// Whether a narrower subschema may allow more.
  var isOpaque: Bool { ["not", "if", "contains"].contains(keyword) }
}

extension Conjunction {
  fileprivate func constraints(on types: Set<JSONType>, in index: SpecIndex) -> [Constraint] {
    var found: [Constraint] = []
    func note(_ keyword: String, _ schema: SchemaID?, at token: String? = nil, called detail: String? = nil) {
      guard let schema else { return }
      let name = detail.map { "\(keyword) \($0)" } ?? keyword
      if let known = found.firstIndex(where: { $0.name == name }) {
        found[known].schemas.append(schema)
      } else {
        found.append(Constraint(keyword: keyword, name: name, schemas: [schema], token: token))
      }
    }
    for member in members {
      note("not", member.not)
      note("if", member.if)
      note("then", member.then)
      note("else", member.else)
      note("contains", member.contains, at: "*")
      note("propertyNames", member.propertyNames)
      for (name, id) in member.dependentSchemas { note("dependentSchemas", id, called: name) }
      // Those that are booleans say whether the object is closed.
      for (keyword, id) in [
        ("additionalProperties", member.additionalProperties), ("unevaluatedProperties", member.unevaluatedProperties),
      ] where id.map({ index[$0].boolean == nil }) ?? false { note(keyword, id, at: "*") }
    }
    for place in found.indices { found[place].isVacuous = isVacuous(found[place], in: index) }
    return (found + dependencies).filter { KeywordSubject.isIn(types, $0.keyword) }
  }

  /// Names and properties that may be anything, and a `contains` that counts nothing.
  private func isVacuous(_ constraint: Constraint, in index: SpecIndex) -> Bool {
    switch constraint.keyword {
    case "contains": members.allSatisfy { $0.contains == nil || $0.minContains == 0 && $0.maxContains == nil }
    case "propertyNames", "additionalProperties", "unevaluatedProperties":
      Conjunction(constraint.schemas, in: index).saysNothing
    default: false
    }
  }

  private var dependencies: [Constraint] {
    var names: [String] = []
    for (name, required) in members.flatMap(\.dependentRequired) {
      for other in required where !names.contains("\(name): \(other)") { names.append("\(name): \(other)") }
    }
    return names.map { Constraint(keyword: "dependentRequired", name: "dependentRequired \($0)") }
  }
}
