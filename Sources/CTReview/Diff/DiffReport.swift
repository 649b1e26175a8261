package import CTSpec

/// The changes between two documents, as they are reported.
package struct DiffReport: Sendable {
  package let report: Report
  /// Whether something breaks that the version does not announce.
  package let breaks: Bool

  /// Throws the faults of both documents.
  package init(_ old: DiffSource, _ new: DiffSource) throws(SpecError) {
    let (before, after) = try DiffSource.load(old, new)
    let changes = SpecDiff.changes(from: before, to: after)
    let isAnnounced = VersionStep.announcesBreaking(from: before.info.version, to: after.info.version)
    breaks = !isAnnounced && changes.contains { $0.rule.impact == .breaking }
    report = Report(
      command: "diff", rules: DiffRules.all.map(\.description),
      findings: changes.map { DiffSource.finding($0, old, new) },
      summary: Self.summary(changes, isAnnounced, "\(before.info.version) to \(after.info.version)"))
  }

  private static func summary(_ changes: [Change], _ isAnnounced: Bool, _ versions: String) -> String {
    let counts = Impact.allCases.compactMap { impact -> String? in
      let count = changes.count { $0.rule.impact == impact }
      return count == 0 ? nil : "\(count) \(impact.rawValue)"
    }
    guard !counts.isEmpty else { return "no change" }
    let isBreaking = changes.contains { $0.rule.impact == .breaking }
    let verdict = isBreaking ? "; \(versions) \(isAnnounced ? "announces" : "does not announce") a breaking change" : ""
    return counts.joined(separator: ", ") + verdict
  }
}
