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
    let (before, after) = (declared(old, in: self.old, place), declared(new, in: self.new, place))
    for property in before.inOrder {
      guard let match = after[property.name],
        isRefused(property.schemas, self.old) == isRefused(match.schemas, self.new)
      else {
        if !property.isWithheld { propertyIsGone(property, old, new, place) }
        continue
      }
      if property.isWithheld || match.isWithheld {
        compareDirections(property, match, old, new, place)
      } else {
        compare(property.schemas, match.schemas, place.appending(property.name))
      }
    }
    for property in after.inOrder where before[property.name] == nil && !property.isWithheld {
      propertyIsNew(property, old, new, place)
    }
    compareRequired(old, new, before, after, place)
  }

  private func declared(_ whole: Conjunction, in index: SpecIndex, _ place: Place) -> DeclaredProperties {
    DeclaredProperties(whole, in: index, on: place.side)
  }

  private mutating func propertyIsGone(
    _ property: DeclaredProperties.Property, _ old: Conjunction, _ new: Conjunction, _ place: Place
  ) {
    let name = property.name
    let rest = new.schemas(judging: name, in: self.new)
    if isRefused(property.schemas, self.old) {
      if !isRefused(rest, self.new) { refusalChanges(of: name, DiffRule.objectOpened, "now", old, new, place) }
      return
    }
    let isTaken = place.side == .request && !rest.contains { self.new[$0].boolean == false }
    let rule = isTaken ? DiffRule.requestPropertyUndeclared : DiffRule.propertyRemoved[place.side]
    let gone = Conjunction(property.schemas, in: self.old)
    let location = new.location(of: "properties")
    report(rule, place, "the property '\(name)' is gone", old: gone.location, new: location)
    guard isTaken else { return }
    compare(old.schemas(judging: name, in: self.old), rest, place.appending(name))
    if rest.isEmpty, let mark = gone.redaction {
      report(
        .redactionWeakened, place, "the property '\(name)', still taken, has lost 'x-ct-redact: \(mark.rawValue)'",
        old: gone.location(of: "x-ct-redact"), new: location)
    }
  }

  /// Where a schema judged it before it was declared, it has another one now; where it was refused or could be anything,
  /// it is new.
  private mutating func propertyIsNew(
    _ property: DeclaredProperties.Property, _ old: Conjunction, _ new: Conjunction, _ place: Place
  ) {
    let rest = old.schemas(judging: property.name, in: self.old)
    if isRefused(property.schemas, self.new) {
      guard !isRefused(rest, self.old) else { return }
      refusalChanges(of: property.name, DiffRule.objectClosed, "no longer", old, new, place)
      return
    }
    let isDemanded = place.side == .request && new.required.contains(ExactString(property.name))
    let rule = isDemanded ? DiffRule.requestPropertyRequiredAdded : DiffRule.propertyOptionalAdded[place.side]
    report(
      rule, place, "the property '\(property.name)' is new\(isDemanded ? ", and required" : "")",
      old: old.location(of: "properties"), new: Conjunction(property.schemas, in: self.new).location)
    guard rest.allSatisfy({ self.old[$0].boolean == nil }) else { return }
    compare(rest, new.schemas(judging: property.name, in: self.new), place.appending(property.name))
  }

  /// Whether a property with these schemas is one that may not be there, such as `q: false`.
  private func isRefused(_ schemas: [SchemaID], _ index: SpecIndex) -> Bool {
    !schemas.isEmpty && Conjunction(schemas, in: index).isNever
  }

  /// A property that is declared only to refuse it is neither new nor gone.
  private mutating func refusalChanges(
    of name: String, _ rule: SidedRule, _ what: String, _ old: Conjunction, _ new: Conjunction, _ place: Place
  ) {
    report(
      rule[place.side], place, "the property '\(name)' is \(what) allowed", old: old.location(of: "properties"),
      new: new.location(of: "properties"))
  }

  /// Properties that are new or gone have been reported as that, and so have those that go the other way now.
  private mutating func compareRequired(
    _ old: Conjunction, _ new: Conjunction, _ before: DeclaredProperties, _ after: DeclaredProperties, _ place: Place
  ) {
    for name in new.required.subtracting(old.required).map(\.string).sorted() {
      if let property = after[name], property.isWithheld || before[name]?.isWithheld != false { continue }
      report(
        DiffRule.propertyBecameRequired[place.side], place, "the property '\(name)' is required now",
        old: old.location, new: new.requiredLocation(of: name))
    }
    for name in old.required.subtracting(new.required).map(\.string).sorted() {
      if let property = before[name], property.isWithheld || after[name]?.isWithheld != false { continue }
      report(
        DiffRule.propertyBecameOptional[place.side], place, "the property '\(name)' may be missing now",
        old: old.requiredLocation(of: name), new: new.location)
    }
  }
}
