internal import CTSpec
internal import Glibc

extension Command {
  package static let generate = Command(
    name: "generate", summary: "Writes Swift: models, validators, routes, security checks and a client.",
    options: [
      Option(name: "--spec", value: "FILE", help: "the OpenAPI document (YAML or JSON)"),
      Option(
        name: "--schema", value: "FILE", help: "a JSON Schema that belongs to it, whether it refers to it or not",
        repeats: true),
      Option(
        name: "--schemas", value: "DIR",
        help: "instead of --spec: any folder of JSON Schemas; makes validate(schema: \"name.json\", json: bytes)"),
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
    let schemas = arguments.all("--schema").sorted()
    switch (arguments["--spec"], arguments["--schemas"]) {
    case (let spec?, nil):
      return write(arguments, output, io, inputs: [spec] + schemas) { () throws(SpecError) in
        try SwiftGenerator.generate(openAPI: spec, schemas: schemas, read: io.files, retire: io.retire)
      }
    case (nil, let folder?):
      guard let files = SchemaFolder.files(in: folder) else {
        throw UsageError("\(folder) cannot be read: \(String(cString: strerror(errno)))")
      }
      guard !files.isEmpty else { throw UsageError("there is no .json, .yaml or .yml file in \(folder)") }
      return write(arguments, output, io, inputs: files.map(\.path)) { () throws(SpecError) in
        try SchemaSetGenerator.generate(files: files, read: io.files)
      }
    default: throw UsageError("one of --spec FILE and --schemas DIR is needed")
    }
  }

  private static func write(
    _ arguments: Arguments, _ output: ReportOutput, _ io: CommandIO, inputs: [String],
    _ generate: () throws(SpecError) -> [SwiftGenerator.File]
  ) -> Int32 {
    let out = arguments.required("--out")
    do throws(SpecError) {
      let files = try generate()
      mkdir(out, 0o777)
      let faults = files.mapInParallel { file in
        OutputFile.write(file.bytes, to: "\(out)/\(file.name)") ? nil : String(cString: strerror(errno))
      }
      for (file, fault) in zip(files, faults) {
        guard let fault else { continue }
        io.complain("openapi-gen: \(out)/\(file.name) cannot be written: \(fault)")
        return 2
      }
      return 0
    } catch {
      let report = Report(command: "generate", findings: error.diagnostics.map { Finding($0) })
      return output.write(report, io, toComplaints: true, status: error.isUnreadable(inputs) ? 2 : 1)
    }
  }
}
