package import CTSpec

/// Which rules count, and where one may be broken: a small YAML file.
///
///     rules:
///       schema-description: error
///       parameter-name-case: off
///     exceptions:
///       - rule: unused-component
///         at: "api.yaml#/components/responses/NotFound"
///         because: The tower answers it on paths that are in no document.
package struct LintConfiguration: Sendable {
  package enum Level: String, Sendable, CaseIterable {
    case off, warning, error
  }

  /// A place where a rule may be broken, with everything in it.
  package struct Exception: Sendable {
    package var rule: String
    package var place: SchemaID
    package var because: String
    package var location: SourceLocation
  }

  package var levels: [String: Level]
  package var exceptions: [Exception]

  package init(levels: [String: Level] = [:], exceptions: [Exception] = []) {
    self.levels = levels
    self.exceptions = exceptions
  }

  /// How findings of a rule count; `nil`: the rule is off.
  func severity(of rule: LintRule) -> Diagnostic.Severity? {
    switch levels[rule.id] {
    case .off: nil
    case .warning: .warning
    case .error: .error
    case nil: rule.description.severity
    }
  }

  /// Takes out what exceptions allow; an exception that allows nothing is itself a finding, so that none outlives its
  /// reason.
  func withoutExceptions(_ diagnostics: [Diagnostic], documents: [String: SpecNode]) -> [Diagnostic] {
    guard !exceptions.isEmpty else { return diagnostics }
    let places = exceptions.map { PlaceFinder.locations(in: $0.place, documents) }
    var isNeeded = exceptions.map { _ in false }
    var left = diagnostics.filter { diagnostic in
      let matching = exceptions.indices.filter {
        exceptions[$0].rule == diagnostic.id && places[$0].contains(diagnostic.location)
      }
      for index in matching { isNeeded[index] = true }
      return matching.isEmpty
    }
    for (exception, isNeeded) in zip(exceptions, isNeeded) where !isNeeded {
      left.append(
        Diagnostic(
          .error, id: "unneeded-exception", at: exception.location,
          "'\(exception.rule)' finds nothing at \(exception.place) any more", suggestion: "remove this exception"))
    }
    return left
  }
}

/// Turns a pointer into the positions of everything that lies there, keys included.
enum PlaceFinder {
  static func locations(in place: SchemaID, _ documents: [String: SpecNode]) -> Set<SourceLocation> {
    guard let root = documents[place.file], let node = root.at(pointer: place.pointer) else { return [] }
    var found: Set<SourceLocation> = []
    if let parent = JSONPointer.parent(of: place.pointer), let token = JSONPointer.lastToken(of: place.pointer),
      let member = root.at(pointer: parent)?.member(token)
    {
      found.insert(member.keyLocation)
    }
    collect(node, &found)
    return found
  }

  private static func collect(_ node: SpecNode, _ found: inout Set<SourceLocation>) {
    found.insert(node.location)
    for element in node.elements ?? [] { collect(element, &found) }
    for member in node.members ?? [] {
      found.insert(member.keyLocation)
      collect(member.value, &found)
    }
  }
}
