package import CTGenerator
internal import CTReview
internal import CTSpec

extension Command {
  package static let lint = Command(
    name: "lint", summary: "Finds faults and lapses of style in an OpenAPI document and its schemas.",
    options: [
      Option(name: "--spec", value: "FILE", help: "the OpenAPI document (YAML or JSON)", isRequired: true),
      Option(
        name: "--schema", value: "FILE", help: "a JSON Schema that belongs to it, whether it refers to it or not",
        repeats: true),
      Option(name: "--config", value: "FILE", help: "which rules count, and where they may be broken (docs/lint.md)"),
    ] + ReportOutput.options,
    notes: """
      Exit status: 0 when there is no error (there may be warnings), 1 when there is one, 2 when a file cannot be read.
      """,
    run: { arguments, io throws(UsageError) in try lint(arguments, io) })

  private static func lint(_ arguments: Arguments, _ io: CommandIO) throws(UsageError) -> Int32 {
    let output = try ReportOutput(arguments)
    let file = arguments.required("--spec")
    let configuration = arguments["--config"]
    let outcome = LintOutcome(
      file: file, schemas: arguments.all("--schema").sorted(), configuration: configuration, read: io.files)
    let found = outcome.ofConfiguration + outcome.ofDocument
    let couldRun = !SpecError(found).hasUnreadableFile
    var summary: [String] = []
    if let configuration, !outcome.ofConfiguration.isEmpty {
      summary.append("\(configuration): \(counts(outcome.ofConfiguration))")
    }
    // Without rules, it is not known to be clean.
    if summary.isEmpty || !outcome.ofDocument.isEmpty { summary.append("\(file): \(counts(outcome.ofDocument))") }
    let report = Report(
      command: "lint", rules: LintRules.all.map(\.description), findings: found.map { Finding($0) },
      summary: summary.joined(separator: "; "), couldRun: couldRun)
    return output.write(report, io, status: !couldRun ? 2 : report.count(.error) > 0 ? 1 : 0)
  }

  private static func counts(_ diagnostics: [Diagnostic]) -> String {
    Report.counts(diagnostics.map { Finding($0) }, none: "clean, by \(LintRules.all.count) rules")
  }
}
