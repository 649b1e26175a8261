import CTJSON
internal import CTSpec

/// What an instance has to do with `readOnly` and `writeOnly`, going one way: members that should not be there, and what is
/// no fault because they need not be.
struct DirectionWalk {
  private let validator: SchemaValidator
  private let side: Side
  /// Where there is a member that goes the other way only.
  private(set) var strangers: [String] = []
  /// By the object's place, the members that may be missing even if they are required.
  private var withheld: [String: Set<String>] = [:]
  /// Where no branch holds, and one might if such members were not asked for.
  private var unknown: Set<String> = []

  init(_ value: SpecNode, _ schema: SchemaID, _ side: Side, _ validator: SchemaValidator) {
    (self.validator, self.side) = (validator, side)
    walk(value, [schema], at: "")
  }

  /// Whether a violation is none for what goes this way.
  func excuses(_ violation: SchemaViolation) -> Bool {
    switch violation.keyword {
    case "required":
      withheld[violation.pointer]?.contains { violation.detail == "the property '\($0)' is missing" } ?? false
    case "oneOf", "anyOf": unknown.contains(violation.pointer)
    default: false
    }
  }

  private mutating func walk(_ node: SpecNode, _ schemas: [SchemaID], at pointer: String) {
    guard !schemas.isEmpty else { return }
    let holding = followingBranches(node, schemas, at: pointer)
    let whole = Conjunction(holding, in: validator.index)
    withheld[pointer, default: []].formUnion(names(withheldBy: whole))
    for member in node.members ?? [] {
      let place = JSONPointer.appending(member.key, to: pointer)
      let own = whole.schemas(judging: member.key, in: validator.index)
      if !own.isEmpty, Conjunction(own, in: validator.index).isWithheld(on: side) {
        strangers.append(place)
      } else {
        walk(member.value, own, at: place)
      }
    }
    for (place, element) in (node.elements ?? []).enumerated() {
      let own = whole.members.compactMap { member -> SchemaID? in
        let first = member.prefixItems ?? []
        return first.indices.contains(place) ? first[place] : member.items
      }
      walk(element, own, at: "\(pointer)/\(place)")
    }
  }

  private func names(withheldBy whole: Conjunction) -> [String] {
    DeclaredProperties(whole, in: validator.index, on: side).inOrder.filter(\.isWithheld).map(\.name)
  }

  /// The schemas with those branches that hold for the instance, and theirs.
  private mutating func followingBranches(
    _ node: SpecNode, _ schemas: [SchemaID], at pointer: String
  ) -> [SchemaID] {
    var all = schemas
    var followed = Set<SchemaID>()
    var open = Conjunction(all, in: validator.index).branchings
    while let branching = open.popLast() {
      let holding = branches(branching, node)
      if holding.isEmpty { noteUnknown(branching, at: pointer) }
      let new = holding.filter { followed.insert($0).inserted }
      if new.isEmpty { continue }
      all += new
      open += Conjunction(new, in: validator.index).branchings
    }
    return all
  }

  private func branches(_ branching: Branching, _ node: SpecNode) -> [SchemaID] {
    if let rule = branching.discriminator, let value = node[rule.propertyName]?.string {
      return rule.mapping.filter { ExactString($0.value) == ExactString(value) }.map(\.schema)
    }
    let value = node.jsonValue
    return branching.branches.filter { validator.validate(value, against: $0).isEmpty }
  }

  private mutating func noteUnknown(_ branching: Branching, at pointer: String) {
    let mayHold = branching.branches.contains { id in
      let branch = Conjunction([id], in: validator.index)
      return names(withheldBy: branch).contains { branch.required.contains(ExactString($0)) }
    }
    if mayHold { unknown.insert(pointer) }
  }
}
