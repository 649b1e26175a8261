import CTJSON
internal import CTSpec

extension DiffRule {
  static let enumValueRemoved = SidedRule(
    request: DiffRule(
      "request-enum-value-removed", .breaking, "A value that could be sent is refused.", because: "Callers send it."),
    response: DiffRule(
      "response-enum-value-removed", .safe, "A value is no longer answered.", because: "Readers were told of more."))
  static let enumValueAdded = SidedRule(
    request: DiffRule(
      "request-enum-value-added", .safe, "Another value may be sent.", because: "Nobody has to send it."),
    response: DiffRule(
      "response-enum-value-added", .risky, "Another value may be answered.",
      because: "Readers that take the list for complete meet a value that they do not know."))
  static let enumIntroduced = SidedRule(
    request: DiffRule(
      "request-enum-introduced", .breaking, "Only listed values may be sent now.",
      because: "Callers may send others."),
    response: DiffRule(
      "response-enum-introduced", .safe, "Only listed values are answered now.", because: "Readers took any value."))
  static let enumDropped = SidedRule(
    request: DiffRule(
      "request-enum-dropped", .safe, "Values that are not listed may be sent now.", because: "Nobody has to send them."),
    response: DiffRule(
      "response-enum-dropped", .risky, "Values that are not listed may be answered now.",
      because: "Readers that took the list for complete meet values that they do not know."))

  static let valueRules = [enumValueRemoved, enumValueAdded, enumIntroduced, enumDropped].flatMap {
    [$0.request, $0.response]
  }
}

extension DiffRun {
  /// Compares `enum` and `const`.
  mutating func compareValues(_ old: Conjunction, _ new: Conjunction, _ place: Place) {
    let (oldList, newList) = (Self.valuesLocation(old), Self.valuesLocation(new))
    switch (old.values, new.values) {
    case (nil, nil): break
    case (nil, _?):
      report(
        DiffRule.enumIntroduced[place.side], place, "only listed values are allowed now", old: oldList, new: newList)
    case (_?, nil):
      report(
        DiffRule.enumDropped[place.side], place, "values that are not listed are allowed now", old: oldList,
        new: newList)
    case (let before?, let after?):
      let (known, left) = (Set(before.map(\.jsonValue)), Set(after.map(\.jsonValue)))
      for value in before where !left.contains(value.jsonValue) {
        report(
          DiffRule.enumValueRemoved[place.side], place, "\(value.shown) is no longer allowed", old: value.location,
          new: newList)
      }
      for value in after where !known.contains(value.jsonValue) {
        report(
          DiffRule.enumValueAdded[place.side], place, "\(value.shown) is allowed now", old: oldList,
          new: value.location)
      }
    }
  }

  private static func valuesLocation(_ whole: Conjunction) -> SourceLocation {
    let location = whole.location(of: "enum")
    return location == whole.location ? whole.location(of: "const") : location
  }
}

extension SpecNode {
  /// A value for messages, as JSON, shortened.
  var shown: String {
    let text = String(decoding: JSONWriter.write(jsonValue), as: UTF8.self)
    return text.count <= 60 ? text : text.prefix(59) + "…"
  }
}
