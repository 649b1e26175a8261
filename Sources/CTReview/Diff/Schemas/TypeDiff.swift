import CTJSON
internal import CTSpec

extension DiffRule {
  static let typeNarrowed = SidedRule(
    request: DiffRule(
      "request-type-narrowed", .breaking, "A type that could be sent is refused.", because: "Callers send it."),
    response: DiffRule(
      "response-type-narrowed", .safe, "A type is no longer answered.", because: "Readers were told of more."))
  static let typeWidened = SidedRule(
    request: DiffRule(
      "request-type-widened", .safe, "Another type may be sent.", because: "Nobody has to send it."),
    response: DiffRule(
      "response-type-widened", .breaking, "Another type, such as `null`, may be answered.",
      because: "Readers decode into the types that they were told."))

  static let typeRules = [typeNarrowed, typeWidened].flatMap { [$0.request, $0.response] }
}

extension DiffRun {
  /// Tells the types that both allow: it is those that comparing further makes sense for.
  mutating func compareTypes(_ old: Conjunction, _ new: Conjunction, _ place: Place) -> Set<JSONType> {
    let (before, after) = (old.allowedTypes(in: self.old), new.allowedTypes(in: self.new))
    let (lost, gained) = (before.subtracting(after), after.subtracting(before))
    func tell(_ rule: SidedRule, _ types: Set<JSONType>, _ what: String, _ run: inout DiffRun) {
      run.report(
        rule[place.side], place, "\(what): \(Self.names(types))", old: old.location(of: "type"),
        new: new.location(of: "type"))
    }
    if !lost.isEmpty { tell(DiffRule.typeNarrowed, lost, "no longer allowed", &self) }
    if !gained.isEmpty { tell(DiffRule.typeWidened, gained, "allowed now", &self) }
    return before.intersection(after)
  }

  private static func names(_ types: Set<JSONType>) -> String {
    var names = JSONType.allCases.filter(types.contains).map(\.rawValue)
    if types.contains(.number), types.contains(.integer) { names.removeAll { $0 == "integer" } }
    if types.contains(.number), !types.contains(.integer) {
      names = names.map { $0 == "number" ? "numbers that are no integers" : $0 }
    }
    return names.joined(separator: ", ")
  }
}

extension Conjunction {
  /// The types that instances may have; numbers that are no integers stand apart from integers. Branches within branches
  /// are followed so far, so that no document takes long.
  func allowedTypes(in index: SpecIndex, depth: Int = 0) -> Set<JSONType> {
    if isNever { return [] }
    let declared = types ?? values.map { Set($0.map(\.type)) }
    var left = declared?.withIntegers ?? Set(JSONType.allCases)
    guard depth < 3 else { return left }
    for branching in branchings {
      let ofBranches = branching.branches.map { Conjunction([$0], in: index).allowedTypes(in: index, depth: depth + 1) }
      left.formIntersection(ofBranches.reduce(Set()) { $0.union($1) })
    }
    return left
  }
}
