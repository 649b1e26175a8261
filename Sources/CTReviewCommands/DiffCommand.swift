package import CTGenerator
internal import CTReview
internal import CTSpec

extension Command {
  package static let diff = Command(
    name: "diff", summary: "Says which changes of an OpenAPI document break callers.",
    operands: [
      Operand(name: "OLD", help: "the document before: a file, or git:REVISION:PATH"),
      Operand(name: "NEW", help: "the document after: the same"),
    ],
    options: ReportOutput.options,
    notes: """
      Breaking changes are errors, risky ones warnings, safe ones notes (docs/diff.md). What the documents refer to is
      compared with them; PATH is read as git does, from the repository's root unless it begins with './'.
      Exit status: 0 when nothing breaks, or when the version tells so (a higher major; below 1.0 a higher minor), 1 when
      something breaks, 2 when either document cannot be used.
      """,
    run: { arguments, io throws(UsageError) in try diff(arguments, io) })

  private static func diff(_ arguments: Arguments, _ io: CommandIO) throws(UsageError) -> Int32 {
    let output = try ReportOutput(arguments)
    let sources = try arguments.operands.map { operand throws(UsageError) in
      guard let source = DiffSource(operand, io.files) else {
        throw UsageError("'\(operand)' is not written as git:REVISION:PATH")
      }
      return source
    }
    do throws(SpecError) {
      let (old, new) = try DiffSource.load(sources[0], sources[1])
      let changes = SpecDiff.changes(from: old, to: new)
      let breaks = changes.contains { $0.rule.impact == .breaking }
      let isAnnounced = VersionStep.announcesBreaking(from: old.info.version, to: new.info.version)
      let report = Report(
        command: "diff", rules: DiffRules.all.map(\.description),
        findings: changes.map { DiffSource.finding($0, sources[0], sources[1]) },
        summary: summary(changes, isAnnounced, old, new))
      return output.write(report, io, status: breaks && !isAnnounced ? 1 : 0)
    } catch {
      let report = Report(
        command: "diff", findings: error.diagnostics.map { Finding($0) },
        summary: "openapi-gen diff: a document has faults, so nothing was compared", couldRun: false)
      return output.write(report, io, status: 2)
    }
  }

  private static func summary(
    _ changes: [Change], _ isAnnounced: Bool, _ old: OpenAPIDocument, _ new: OpenAPIDocument
  ) -> String {
    let counts = Impact.allCases.compactMap { impact -> String? in
      let count = changes.count { $0.rule.impact == impact }
      return count == 0 ? nil : "\(count) \(impact.rawValue)"
    }
    guard !counts.isEmpty else { return "no change" }
    let versions = "\(old.info.version) to \(new.info.version)"
    let isBreaking = changes.contains { $0.rule.impact == .breaking }
    let verdict = isBreaking ? "; \(versions) \(isAnnounced ? "announces" : "does not announce") a breaking change" : ""
    return counts.joined(separator: ", ") + verdict
  }
}
