/// All checks, in the order in which they are run.
package enum Catalog {
  package static let checks =
    SmokeSuite.checks + ContractSuite.checks + AuthSuite.checks + StateSuite.checks + IdempotencySuite.checks
    + ImmutabilitySuite.checks + TaxonomySuite.checks + DriftSuite.checks + LimitsSuite.checks
}

/// Which checks are run.
package struct Selection: Sendable {
  package var suites: [Suite] = []
  /// Ids, or their beginnings followed by `*`.
  package var only: [String] = []
  package var skip: [String] = []

  package init() {}

  /// - Throws: ``CannotRun/usage(_:)`` for a name that fits no check.
  package func checks(of catalog: [Check]) throws(CannotRun) -> [Check] {
    for name in only + skip where !catalog.contains(where: { Self.fits(name, $0.id) }) {
      throw .usage("there is no check '\(name)'; see ctconform list")
    }
    let chosen = catalog.filter { check in
      (suites.isEmpty || suites.contains(check.suite)) && (only.isEmpty || only.contains { Self.fits($0, check.id) })
        && !skip.contains { Self.fits($0, check.id) }
    }
    guard !chosen.isEmpty else { throw .nothingToCheck }
    return chosen
  }

  private static func fits(_ name: String, _ id: String) -> Bool {
    name.hasSuffix("*") ? id.hasPrefix(name.dropLast()) : id == name
  }
}
