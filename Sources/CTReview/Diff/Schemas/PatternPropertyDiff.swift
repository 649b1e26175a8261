internal import CTSpec

extension DiffRun {
  /// Compares what judges the properties that match a pattern: where only one side has it, the other judges them as the
  /// rest. Whether another pattern of the other side takes them cannot be seen from here.
  mutating func comparePatternProperties(_ old: Conjunction, _ new: Conjunction, _ place: Place) {
    let inner = place.appending("*")
    for pattern in old.propertyPatterns(and: new) {
      let refusal = Refusal(
        refused: DiffRule.objectClosed, taken: DiffRule.objectOpened, subject: "properties that match '\(pattern)' are",
        place: place)
      compareJudges(
        old.properties(judgedBy: pattern), new.properties(judgedBy: pattern), old, new, place, inner, refusal)
    }
  }
}

extension Conjunction {
  /// The patterns of both, each once.
  fileprivate func propertyPatterns(and other: Conjunction) -> [String] {
    var seen: Set<ExactString> = []
    return (members + other.members).flatMap(\.patternProperties).map(\.pattern).filter {
      seen.insert(ExactString($0)).inserted
    }
  }

  /// All that judges the properties that match a pattern: each schema's `patternProperties`, or else its
  /// `additionalProperties`; where there is neither, `unevaluatedProperties`.
  fileprivate func properties(judgedBy pattern: String) -> Judges {
    let listed = members.flatMap { $0.schemas(ofPattern: pattern) }
    let others = members.filter { $0.schemas(ofPattern: pattern).isEmpty }.compactMap(\.additionalProperties)
    if !listed.isEmpty {
      return Judges(schemas: listed + others, keyword: "patternProperties", name: "patternProperties \(pattern)")
    }
    if !others.isEmpty {
      return Judges(schemas: others, keyword: "additionalProperties", name: "additionalProperties")
    }
    let rest = members.compactMap(\.unevaluatedProperties)
    // Where nothing is said, it is the schema that does not say it.
    return Judges(schemas: rest, keyword: rest.isEmpty ? "" : "unevaluatedProperties", name: "unevaluatedProperties")
  }
}

extension Schema {
  fileprivate func schemas(ofPattern pattern: String) -> [SchemaID] {
    patternProperties.filter { ExactString($0.pattern) == ExactString(pattern) }.map(\.schema)
  }
}
