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
    let sources = try arguments.operands.map { operand throws(UsageError) in try DiffSource(operand, io.files) }
    do throws(SpecError) {
      let (old, new) = (try sources[0].load(), try sources[1].load())
      let changes = SpecDiff.changes(from: old, to: new)
      let breaks = changes.contains { $0.rule.impact == .breaking }
      let isAnnounced = VersionStep.announcesBreaking(from: old.info.version, to: new.info.version)
      let report = Report(
        command: "diff", rules: DiffRules.all.map(\.description),
        findings: changes.map { sources[0].named($0, sources[1]) },
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

/// A document to compare: a file, or one of a revision.
private struct DiffSource: Sendable {
  let path: String
  let revision: String?
  let files: FileReader

  init(_ operand: String, _ files: FileReader) throws(UsageError) {
    guard operand.hasPrefix("git:") else {
      (path, revision, self.files) = (operand, nil, files)
      return
    }
    let parts = operand.dropFirst(4).split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty, !parts[0].hasPrefix("-") else {
      throw UsageError("'\(operand)' is not written as git:REVISION:PATH")
    }
    (path, revision) = (String(parts[1]), String(parts[0]))
    self.files = GitFiles.reader(revision: String(parts[0]))
  }

  func load() throws(SpecError) -> OpenAPIDocument {
    do throws(SpecError) {
      return try SpecLoader.loadOpenAPI(file: path, read: files)
    } catch {
      throw SpecError(error.diagnostics.map { named($0) })
    }
  }

  /// A place with the revision that its file is of.
  func named(_ location: SourceLocation) -> SourceLocation {
    guard let revision else { return location }
    return SourceLocation(file: "git:\(revision):\(location.file)", line: location.line, column: location.column)
  }

  private func named(_ diagnostic: Diagnostic) -> Diagnostic {
    var diagnostic = diagnostic
    diagnostic.location = named(diagnostic.location)
    return diagnostic
  }

  /// A change as a finding; this is the old document.
  func named(_ change: Change, _ new: DiffSource) -> Finding {
    var change = change
    (change.old, change.new) = (named(change.old), new.named(change.new))
    return change.finding
  }
}
