internal import CTSpec

extension DiffRule {
  static let securitySchemeChanged = DiffRule(
    "security-scheme-changed", .breaking, "Credentials are sent, or signatures made, in another way.",
    because: "Every caller has to change at once.")

  static let securitySchemeRules = [securitySchemeChanged]
}

extension DiffRun {
  /// Schemes that come or go matter where operations ask for them, and are compared there.
  mutating func compareSecuritySchemes(_ old: [SecurityScheme], _ new: [SecurityScheme]) {
    for scheme in old {
      guard let match = new.first(where: { $0.name == scheme.name }) else { continue }
      let changes = Self.differences(scheme.kind, match.kind)
      guard !changes.isEmpty else { continue }
      report(
        .securitySchemeChanged, "", "the security scheme '\(scheme.name)' has \(changes.joined(separator: ", "))",
        old: scheme.location, new: match.location)
    }
  }

  private static func differences(_ old: SecurityScheme.Kind, _ new: SecurityScheme.Kind) -> [String] {
    switch (old, new) {
    case (.http(let a, _), .http(let b, _)): return a == b ? [] : ["another HTTP scheme"]
    case (.apiKey(let place, let name, let rule), .apiKey(let newPlace, let newName, let newRule)):
      var changes: [String] = []
      if place != newPlace { changes.append("another place") }
      // Names of headers are compared without case (RFC 9110, section 5.1), those in a query or of cookies with it.
      let isHeader = place == .header && newPlace == .header
      if isHeader ? name.lowercased() != newName.lowercased() : name != newName { changes.append("another name") }
      if rule?.algorithm != newRule?.algorithm { changes.append("another algorithm") }
      if rule?.prefix != newRule?.prefix { changes.append("another prefix") }
      if rule?.over != newRule?.over { changes.append("another signed part") }
      return changes
    default: return ["another type"]
    }
  }
}
