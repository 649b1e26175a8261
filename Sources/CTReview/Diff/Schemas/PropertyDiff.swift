internal import CTSpec

extension DiffRule {
  static let requestPropertyRequiredAdded = DiffRule(
    "request-property-required-added", .breaking, "A required property is new.",
    because: "Every request that callers send today lacks it.")
  static let propertyOptionalAdded = SidedRule(
    request: DiffRule(
      "request-property-optional-added", .safe, "An optional property is new.", because: "Callers may leave it out."),
    response: DiffRule(
      "response-property-added", .safe, "A property of an answer is new.",
      because: "Readers ignore properties that they do not know."))
  static let propertyRemoved = SidedRule(
    request: DiffRule(
      "request-property-removed", .breaking, "A property is gone from an object that takes no others.",
      because: "Callers that send it are refused."),
    response: DiffRule(
      "response-property-removed", .breaking, "A property of an answer is gone.", because: "Readers use it."))
  static let requestPropertyUndeclared = DiffRule(
    "request-property-undeclared", .risky, "A property is gone from an object that takes others too.",
    because: "It is still taken, but nothing checks it any more, and it may not do what it did.")
  static let propertyBecameRequired = SidedRule(
    request: DiffRule(
      "request-property-became-required", .breaking, "A property is required now.",
      because: "Requests without it are refused."),
    response: DiffRule(
      "response-property-became-required", .safe, "A property of an answer is always there now.",
      because: "Readers were told that it might be."))
  static let propertyBecameOptional = SidedRule(
    request: DiffRule(
      "request-property-became-optional", .safe, "A property may be left out now.",
      because: "Sending it works as before."),
    response: DiffRule(
      "response-property-became-optional", .breaking, "A property of an answer may be missing now.",
      because: "Readers rely on its being there."))

  static let propertyRules =
    [requestPropertyRequiredAdded, requestPropertyUndeclared]
    + [propertyOptionalAdded, propertyRemoved, propertyBecameRequired, propertyBecameOptional].flatMap {
      [$0.request, $0.response]
    }
}

extension DiffRun {
  mutating func compareProperties(_ old: Conjunction, _ new: Conjunction, _ place: Place) {
    let (before, after) = (Self.byName(old), Self.byName(new))
    for (name, schemas) in old.properties {
      if let match = after[ExactString(name)] {
        compare(schemas, match, place.appending(name))
      } else {
        propertyIsGone(name, schemas, old, new, place)
      }
    }
    for (name, schemas) in new.properties where before[ExactString(name)] == nil {
      propertyIsNew(name, schemas, old, new, place)
    }
    compareRequired(old, new, place)
  }

  private static func byName(_ whole: Conjunction) -> [ExactString: [SchemaID]] {
    Dictionary(whole.properties.map { (ExactString($0.name), $0.schemas) }) { first, _ in first }
  }

  private mutating func propertyIsGone(
    _ name: String, _ schemas: [SchemaID], _ old: Conjunction, _ new: Conjunction, _ place: Place
  ) {
    let isTaken = place.side == .request && !new.isClosed(in: self.new)
    let rule = isTaken ? DiffRule.requestPropertyUndeclared : DiffRule.propertyRemoved[place.side]
    let gone = Conjunction(schemas, in: self.old)
    let location = new.location(of: "properties")
    report(rule, place, "the property '\(name)' is gone", old: gone.location, new: location)
    if isTaken, let mark = gone.redaction {
      report(
        .redactionWeakened, place, "the property '\(name)', still taken, has lost 'x-ct-redact: \(mark.rawValue)'",
        old: gone.location(of: "x-ct-redact"), new: location)
    }
  }

  private mutating func propertyIsNew(
    _ name: String, _ schemas: [SchemaID], _ old: Conjunction, _ new: Conjunction, _ place: Place
  ) {
    let isDemanded = place.side == .request && new.required.contains(ExactString(name))
    let rule = isDemanded ? DiffRule.requestPropertyRequiredAdded : DiffRule.propertyOptionalAdded[place.side]
    report(
      rule, place, "the property '\(name)' is new\(isDemanded ? ", and required" : "")",
      old: old.location(of: "properties"), new: Conjunction(schemas, in: self.new).location)
  }

  /// Properties that are new or gone have been reported as that.
  private mutating func compareRequired(_ old: Conjunction, _ new: Conjunction, _ place: Place) {
    let (before, after) = (Self.byName(old), Self.byName(new))
    for name in new.required.subtracting(old.required).map(\.string).sorted() {
      if after[ExactString(name)] != nil, before[ExactString(name)] == nil { continue }
      report(
        DiffRule.propertyBecameRequired[place.side], place, "the property '\(name)' is required now",
        old: old.location, new: new.requiredLocation(of: name))
    }
    for name in old.required.subtracting(new.required).map(\.string).sorted() {
      if before[ExactString(name)] != nil, after[ExactString(name)] == nil { continue }
      report(
        DiffRule.propertyBecameOptional[place.side], place, "the property '\(name)' may be missing now",
        old: old.requiredLocation(of: name), new: new.location)
    }
  }
}
