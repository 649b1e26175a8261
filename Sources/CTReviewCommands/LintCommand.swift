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
    var diagnostics: [Diagnostic]
    var couldRun = true
    do throws(SpecError) {
      let configuration = try arguments["--config"].map { (file) throws(SpecError) in
        try LintConfiguration.load(file: file, read: io.files)
      }
      let document = try SpecLoader.loadOpenAPI(
        file: file, schemas: arguments.all("--schema").sorted(), read: io.files)
      diagnostics = Lint.check(document, configuration ?? LintConfiguration())
    } catch {
      diagnostics = error.diagnostics
      couldRun = !error.hasUnreadableFile
    }
    let findings = diagnostics.map { Finding($0) }
    let report = Report(
      command: "lint", rules: LintRules.all.map(\.description), findings: findings,
      summary: "\(file): \(Report.counts(findings, none: "clean, by \(LintRules.all.count) rules"))",
      couldRun: couldRun)
    return output.write(report, io, status: !couldRun ? 2 : report.count(.error) > 0 ? 1 : 0)
  }
}
