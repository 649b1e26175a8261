internal import CTSpec

extension DiffRule {
  static let securitySchemeChanged = DiffRule(
    "security-scheme-changed", .breaking, "Credentials are sent, or signatures made, in another way.",
    because: "Every caller has to change at once.")

  static let unusedSecuritySchemeChanged = DiffRule(
    "unused-security-scheme-changed", .safe, "A security scheme is another that no operation asked for, or asks for.",
    because: "No caller comes with it.")

  static let securitySchemeRules = [securitySchemeChanged, unusedSecuritySchemeChanged]
}

extension DiffRun {
  /// Schemes that come or go matter where operations ask for them, and are compared there.
  mutating func compareSecuritySchemes(_ old: OpenAPIDocument, _ new: OpenAPIDocument) {
    schemeNames = Self.renamed(old.securitySchemes, new.securitySchemes)
    let (before, after) = (Self.used(old), Self.used(new))
    for scheme in old.securitySchemes {
      guard let match = new.securitySchemes.first(where: { $0.name == scheme.name }) else { continue }
      let changes = Self.differences(scheme.kind, match.kind)
      guard !changes.isEmpty else { continue }
      let isUsed = before.contains(scheme.name) && after.contains(scheme.name)
      report(
        isUsed ? .securitySchemeChanged : .unusedSecuritySchemeChanged, "",
        "the security scheme '\(scheme.name)' has \(changes.joined(separator: ", "))",
        old: scheme.location, new: match.location)
    }
  }

  private static func used(_ document: OpenAPIDocument) -> Set<String> {
    Set(document.operations.flatMap(\.security).flatMap(\.schemes).map(\.name))
  }

  /// What schemes are called now whose name is gone: the name is not sent, and means nothing to callers. The credentials
  /// have to be the same, and no other's.
  private static func renamed(_ old: [SecurityScheme], _ new: [SecurityScheme]) -> [String: String] {
    let gone = old.filter { scheme in !new.contains { $0.name == scheme.name } }
    let added = new.filter { scheme in !old.contains { $0.name == scheme.name } }
    var names: [String: String] = [:]
    for scheme in gone {
      let same = added.filter { differences(scheme.kind, $0.kind).isEmpty }
      let rivals = gone.filter { differences(scheme.kind, $0.kind).isEmpty }
      if same.count == 1, rivals.count == 1 { names[scheme.name] = same[0].name }
    }
    return names
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
