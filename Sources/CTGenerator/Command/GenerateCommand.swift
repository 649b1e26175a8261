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
      return write(arguments, output, io) { () throws(SpecError) in
        try SwiftGenerator.generate(openAPI: spec, schemas: schemas, read: io.files, retire: io.retire)
      }
    case (nil, let folder?):
      guard schemas.isEmpty else { throw UsageError("--schema belongs to --spec: --schemas takes a whole folder") }
      let files = try files(in: folder)
      return write(arguments, output, io) { () throws(SpecError) in
        try SchemaSetGenerator.generate(files: files, read: io.files)
      }
    case (nil, nil): throw UsageError("one of --spec FILE and --schemas DIR is needed")
    default: throw UsageError("--spec and --schemas exclude each other")
    }
  }

  private static func files(in folder: String) throws(UsageError) -> [SchemaFolder.File] {
    do throws(SchemaFolder.Failure) {
      let files = try SchemaFolder.files(in: folder)
      guard files.isEmpty else { return files }
    } catch {
      throw UsageError(error.description)
    }
    throw UsageError("there is no .json, .yaml or .yml file in \(folder)")
  }

  private static func write(
    _ arguments: Arguments, _ output: ReportOutput, _ io: CommandIO,
    _ generate: () throws(SpecError) -> [SwiftGenerator.File]
  ) -> Int32 {
    let out = arguments.required("--out")
    do throws(SpecError) {
      let files = try generate()
      guard mkdir(out, 0o777) == 0 || errno == EEXIST else {
        io.complain("openapi-gen: \(out) cannot be made: \(String(cString: strerror(errno)))")
        return 2
      }
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
      return output.write(report, io, toComplaints: true, status: error.hasUnreadableFile ? 2 : 1)
    }
  }
}
