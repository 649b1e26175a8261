internal import CTSpec

extension DiffRule {
  static let securityTightened = DiffRule(
    "security-tightened", .breaking, "Credentials that were enough are no longer.", because: "Callers get 401 or 403.")
  static let securityLoosened = DiffRule(
    "security-loosened", .risky, "Callers with fewer credentials, or none, are let in.",
    because: "Nothing breaks, but somebody should have wanted it.")
  static let securityRoleRemoved = DiffRule(
    "security-role-removed", .breaking, "A role may no longer call an operation.", because: "Its tokens get 403.")
  static let securityRoleAdded = DiffRule(
    "security-role-added", .risky, "Another role may call an operation.",
    because: "Nothing breaks, but somebody should have wanted it.")

  static let securityRules = [securityTightened, securityLoosened, securityRoleRemoved, securityRoleAdded]
}

extension DiffRun {
  /// Who comes: the schemes that are met, and the one role that each was met with; `""` for no role at all.
  private struct Caller: Hashable {
    var roles: [String: String]

    func isLetIn(by requirement: SecurityRequirement) -> Bool {
      requirement.schemes.allSatisfy { scheme in
        guard let role = roles[scheme.name] else { return false }
        return scheme.roles.isEmpty || scheme.roles.contains(role)
      }
    }

    func isLetIn(by requirements: [SecurityRequirement]) -> Bool {
      requirements.isEmpty || requirements.contains { isLetIn(by: $0) }
    }

    /// Where any role will do on the side that lets this caller in, the roles of the other side make the difference.
    func title(unlike requirements: [SecurityRequirement]) -> String {
      let parts = roles.sorted { $0.key < $1.key }.map { name, role in
        if !role.isEmpty { return "'\(name)' as '\(role)'" }
        let others = requirements.flatMap(\.schemes).filter { $0.name == name }.flatMap(\.roles)
        let list = Set(others).sorted().map { "'\($0)'" }.joined(separator: " or ")
        return list.isEmpty ? "'\(name)'" : "'\(name)' other than as \(list)"
      }
      return parts.isEmpty ? "a caller without credentials" : "a caller with \(parts.joined(separator: " and "))"
    }
  }

  mutating func compareSecurity(_ old: Operation, _ new: Operation) {
    let before = old.security.map { $0.renamed(by: schemeNames) }
    for caller in Self.callers(before) where !caller.isLetIn(by: new.security) {
      let isRole = Self.namesAll(caller, new.security)
      report(
        isRole ? .securityRoleRemoved : .securityTightened, new.title,
        "\(caller.title(unlike: new.security)) is no longer let in",
        old: old.security.first?.location ?? old.location, new: new.security.first?.location ?? new.location)
    }
    for caller in Self.callers(new.security) where !caller.isLetIn(by: before) {
      let isRole = Self.namesAll(caller, before)
      report(
        isRole ? .securityRoleAdded : .securityLoosened, new.title, "\(caller.title(unlike: before)) is let in now",
        old: old.security.first?.location ?? old.location, new: new.security.first?.location ?? new.location)
    }
  }

  /// Whether the caller's schemes are asked for, so that it is the role that decides.
  private static func namesAll(_ caller: Caller, _ requirements: [SecurityRequirement]) -> Bool {
    requirements.contains { !$0.schemes.isEmpty && Set($0.schemes.map(\.name)) == Set(caller.roles.keys) }
  }

  /// One caller for each way in. At most this many: ways multiply with the schemes that one requirement names.
  private static let maximumCallers = 1_000

  private static func callers(_ requirements: [SecurityRequirement]) -> [Caller] {
    guard !requirements.isEmpty else { return [Caller(roles: [:])] }
    var callers: [Caller] = []
    for requirement in requirements {
      var ways = [Caller(roles: [:])]
      for scheme in requirement.schemes {
        let roles = scheme.roles.isEmpty ? [""] : scheme.roles
        ways = ways.flatMap { way in
          roles.map { role in
            var way = way
            way.roles[scheme.name] = role
            return way
          }
        }
        ways = Array(ways.prefix(maximumCallers))
      }
      callers += ways
    }
    return callers
  }
}

extension SecurityRequirement {
  fileprivate func renamed(by names: [String: String]) -> SecurityRequirement {
    var requirement = self
    requirement.schemes = schemes.map { (names[$0.name] ?? $0.name, $0.roles) }
    return requirement
  }
}
