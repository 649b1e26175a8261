internal import CTSpec
internal import Glibc

extension Command {
  static let generate = Command(
    name: "generate", summary: "Writes Swift: models, validators, routes, security checks and a client.",
    options: [
      Option(name: "--spec", value: "FILE", help: "the OpenAPI document (YAML or JSON)", isRequired: true),
      Option(
        name: "--schema", value: "FILE", help: "a JSON Schema that belongs to it, whether it refers to it or not",
        repeats: true),
      Option(
        name: "--out", value: "DIR", help: "where the Swift files go; only files whose content changes are written",
        isRequired: true),
    ] + ReportOutput.options,
    notes: """
      Faults go to standard error, one on a line, as file:line:column: error: …
      Exit status: 0 when generated, 1 when the spec has faults, 2 when the command is wrong or a file cannot be read or
      written.
      """,
    run: { arguments, io throws(UsageError) in try generate(arguments, io) })

  private static func generate(_ arguments: Arguments, _ io: CommandIO) throws(UsageError) -> Int32 {
    let output = try ReportOutput(arguments)
    let (spec, out) = (arguments.required("--spec"), arguments.required("--out"))
    do throws(SpecError) {
      let schemas = arguments.all("--schema").sorted()
      for file in try SwiftGenerator.generate(openAPI: spec, schemas: schemas, read: io.files) {
        guard OutputFile.write(file.content, to: "\(out)/\(file.name)") else {
          io.complain("openapi-gen: \(out)/\(file.name) cannot be written: \(String(cString: strerror(errno)))")
          return 2
        }
      }
      return 0
    } catch {
      let report = Report(command: "generate", findings: error.diagnostics.map { Finding($0) })
      return output.write(
        report, io, toComplaints: true, status: error.isUnreadable([spec] + arguments.all("--schema")) ? 2 : 1)
    }
  }
}
