internal import CTSpec

extension LintRule {
  static let responseObjectClosed = LintRule(
    "closed-response-object", .warning,
    asks: "An object in an answer says `additionalProperties: false`, or `unevaluatedProperties: false`.",
    because: "Otherwise an undeclared field, which may be private, passes every check."
  ) { subject, report in
    var objects = AnswerObjects(subject.index)
    objects.visit(subject.operations.flatMap(\.responseRoots))
    for object in objects.open.sorted(by: { $0.location < $1.location }) {
      report.found(
        at: object.location, "this object is part of an answer and allows any property",
        suggestion: "add '\(object.isComposed ? "unevaluatedProperties" : "additionalProperties"): false'")
    }
  }
}

/// Finds the objects of answers that take any property. Each is judged by all schemas that speak of it: what stands in
/// `allOf`, or is referred to from there, cannot be closed by itself without refusing what stands beside it.
private struct AnswerObjects {
  struct Found: Hashable {
    let location: SourceLocation
    /// Whether several schemas declare its properties, which `additionalProperties` does not see.
    let isComposed: Bool
  }

  /// Schemas that hold for the same instance; those of a part are only looked into.
  private struct Visit: Hashable {
    let schemas: [SchemaID]
    let isWhole: Bool
  }

  /// Beyond this many, schemas that speak of the same property are looked at one by one, so that no recursion takes long.
  private static let maximumCombinations = 20_000

  private(set) var open: Set<Found> = []
  private let index: SpecIndex
  private var pending: [Visit] = []
  private var seen: Set<Visit> = []

  init(_ index: SpecIndex) { self.index = index }

  mutating func visit(_ roots: [SchemaID]) {
    for root in roots { add([root]) }
    while let next = pending.popLast() {
      let whole = Conjunction(next.schemas, in: index)
      if next.isWhole { judge(whole, next.schemas) }
      addParts(of: whole)
    }
  }

  private mutating func add(_ schemas: [SchemaID], isWhole: Bool = true) {
    guard seen.count < Self.maximumCombinations || schemas.count == 1 else {
      for id in schemas { add([id], isWhole: isWhole) }
      return
    }
    let visit = Visit(schemas: schemas, isWhole: isWhole)
    if seen.insert(visit).inserted { pending.append(visit) }
  }

  private mutating func judge(_ whole: Conjunction, _ schemas: [SchemaID]) {
    if isClosed(whole) { return }
    guard whole.types?.contains(.object) == true else {
      for branch in whole.branchings.flatMap(\.branches) { add([branch]) }
      return
    }
    let own = index.withoutAliases(schemas[0])
    let isComposed = !own.allOf.isEmpty || whole.members.count { !$0.properties.isEmpty } > 1
    let place = isComposed ? own : whole.members.first { $0.types?.contains(.object) == true } ?? own
    open.insert(Found(location: place.location(of: "type"), isComposed: isComposed))
  }

  /// What says whether other properties may be there, here or in every branch.
  private func isClosed(_ whole: Conjunction, depth: Int = 0) -> Bool {
    if whole.values != nil || whole.members.contains(where: limitsOthers) { return true }
    guard depth < 3 else { return false }
    return whole.branchings.contains { branching in
      branching.branches.allSatisfy { id in
        let branch = Conjunction([id], in: index)
        return !branch.allowedTypes(in: index).contains(.object) || isClosed(branch, depth: depth + 1)
      }
    }
  }

  /// A schema for members that are not declared closes an object enough, unless it says nothing.
  private func limitsOthers(_ schema: Schema) -> Bool {
    [schema.additionalProperties, schema.unevaluatedProperties].contains { id in
      id.map { !Conjunction([$0], in: index).saysNothing } ?? false
    }
  }

  private mutating func addParts(of whole: Conjunction) {
    for branch in whole.branchings.flatMap(\.branches) { add([branch], isWhole: false) }
    for (_, schemas) in whole.properties { add(schemas) }
    for member in whole.members {
      let parts = [member.then, member.else].compactMap { $0 } + member.dependentSchemas.map(\.schema)
      for part in parts { add([part], isWhole: false) }
      let others = [member.items, member.unevaluatedItems, member.additionalProperties, member.unevaluatedProperties]
      let inner = (member.prefixItems ?? []) + others.compactMap { $0 } + member.patternProperties.map(\.schema)
      for id in inner { add([id]) }
    }
  }
}

extension SpecIndex {
  /// What references that say nothing lead to.
  fileprivate func withoutAliases(_ id: SchemaID) -> Schema {
    var schema = self[id]
    while schema.isAlias, let ref = schema.ref { schema = self[ref] }
    return schema
  }
}
