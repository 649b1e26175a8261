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
      let diff = try DiffReport(sources[0], sources[1])
      return output.write(diff.report, io, status: diff.breaks ? 1 : 0)
    } catch {
      let report = Report(
        command: "diff", findings: error.diagnostics.map { Finding($0) },
        summary: "openapi-gen diff: a document has faults, so nothing was compared", couldRun: false)
      return output.write(report, io, status: 2)
    }
  }
}
