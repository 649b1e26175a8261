internal import CTSpec

extension DiffRule {
  static let parameterRequiredAdded = DiffRule(
    "parameter-required-added", .breaking, "A required parameter is new.",
    because: "Every request that callers send today lacks it.")
  static let parameterOptionalAdded = DiffRule(
    "parameter-optional-added", .safe, "An optional parameter is new.", because: "Callers may leave it out.")
  static let parameterRemoved = DiffRule(
    "parameter-removed", .breaking, "A parameter is no longer there.",
    because: "It is refused or, worse, ignored: a filter that is ignored answers with everything.")
  static let parameterBecameRequired = DiffRule(
    "parameter-became-required", .breaking, "A parameter is required now.",
    because: "Requests without it are refused.")
  static let parameterBecameOptional = DiffRule(
    "parameter-became-optional", .safe, "A parameter may be left out now.", because: "Sending it works as before.")
  static let parameterStyleChanged = DiffRule(
    "parameter-style-changed", .breaking, "A parameter is written in another way (`style`, `explode`).",
    because: "The same text means other values.")

  static let parameterRules = [
    parameterRequiredAdded, parameterOptionalAdded, parameterRemoved, parameterBecameRequired, parameterBecameOptional,
    parameterStyleChanged,
  ]
}

extension DiffRun {
  mutating func compareParameters(_ old: Operation, _ new: Operation) {
    for parameter in old.parameters {
      let name = Self.name(of: parameter, in: old, asIn: new)
      if let match = new.parameters.first(where: { $0.isSame(as: parameter, called: name) }) {
        compare(parameter, match, new.title)
      } else {
        report(
          .parameterRemoved, new.title, "\(parameter.title) is no longer there", old: parameter.location,
          new: new.location)
      }
    }
    for parameter in new.parameters {
      let name = Self.name(of: parameter, in: new, asIn: old)
      if old.parameters.contains(where: { $0.isSame(as: parameter, called: name) }) { continue }
      let rule = parameter.required ? DiffRule.parameterRequiredAdded : .parameterOptionalAdded
      let kind = parameter.required ? "required" : "optional"
      report(
        rule, new.title, "\(parameter.title) is new, and \(kind)", old: old.location, new: parameter.location)
    }
  }

  /// Parameters in the path are known by their place.
  private static func name(of parameter: Parameter, in own: Operation, asIn other: Operation) -> String {
    guard parameter.placement == .path, let place = own.path.parameterNames.firstIndex(of: parameter.name),
      other.path.parameterNames.indices.contains(place)
    else { return parameter.name }
    return other.path.parameterNames[place]
  }

  /// Whether a value may have parts, without which `explode` has no effect (OpenAPI 3.1, section 4.8.12.2.1).
  private func hasParts(_ old: Parameter, _ new: Parameter) -> Bool {
    let types = Conjunction([old.schema], in: self.old).allowedTypes(in: self.old)
      .union(Conjunction([new.schema], in: self.new).allowedTypes(in: self.new))
    return !types.isDisjoint(with: [.array, .object])
  }

  private mutating func compare(_ old: Parameter, _ new: Parameter, _ operation: String) {
    if new.required != old.required {
      let rule = new.required ? DiffRule.parameterBecameRequired : .parameterBecameOptional
      let what = new.required ? "is required now" : "may be left out now"
      report(rule, operation, "\(new.title) \(what)", old: old.location, new: new.location)
    }
    if new.style != old.style || new.explode != old.explode && hasParts(old, new) {
      report(
        .parameterStyleChanged, operation, "\(new.title) is written in another way", old: old.location,
        new: new.location)
    }
    compare([old.schema], [new.schema], Place(operation: operation, side: .request, part: new.title))
  }
}

extension Parameter {
  /// How messages call it.
  var title: String { "the \(placement.rawValue) parameter '\(name)'" }

  fileprivate func isSame(as other: Parameter, called name: String) -> Bool {
    var other = other
    other.name = name
    return isSame(as: other)
  }
}
