package import CTGenerator
internal import CTReview
internal import CTSpec

extension Command {
  package static let validate = Command(
    name: "validate", summary: "Holds a JSON or YAML instance against a schema.",
    options: [
      Option(
        name: "--schema", value: "FILE[#POINTER]",
        help: "a JSON Schema, or a place in one or in an OpenAPI document, written as in a '$ref'", isRequired: true),
      Option(
        name: "--instance", value: "FILE",
        help: "the instance: JSON if it is called ….json, else YAML; '-' is standard input", isRequired: true),
    ] + ReportOutput.options,
    notes: """
      Each violation has the place in the instance, the JSON Pointer and the keyword. Values are not printed.
      Standard input is JSON if it begins with '{', '[' or '"', else YAML.
      Exit status: 0 when the instance is valid, 1 when it is not, 2 when either file cannot be used.
      """,
    run: { arguments, io throws(UsageError) in try validate(arguments, io) })

  private static func validate(_ arguments: Arguments, _ io: CommandIO) throws(UsageError) -> Int32 {
    let output = try ReportOutput(arguments)
    var report = Report(command: "validate", findings: [])
    do throws(SpecError) {
      let (index, schema, instance) = try files(arguments, io)
      report.findings = try InstanceCheck.findings(in: instance, against: schema, of: index)
      report.summary = "\(instance.location.file): \(Report.counts(report.findings, none: "valid"))"
    } catch {
      report.findings = error.diagnostics.map { Finding($0) }
      report.couldRun = false
    }
    return output.write(report, io, status: !report.couldRun ? 2 : report.findings.isEmpty ? 0 : 1)
  }

  /// The schema and the instance, or the faults of both.
  private static func files(
    _ arguments: Arguments, _ io: CommandIO
  ) throws(SpecError) -> (index: SpecIndex, schema: SchemaID, instance: SpecNode) {
    var faults: [Diagnostic] = []
    func attempt<Value>(_ read: () throws(SpecError) -> Value) -> Value? {
      do throws(SpecError) { return try read() } catch {
        faults += error.diagnostics
        return nil
      }
    }
    let schema = attempt { () throws(SpecError) in
      try SpecLoader.loadSchema(arguments.required("--schema"), read: io.files)
    }
    let instance = attempt { () throws(SpecError) in try InstanceFile.read(arguments.required("--instance"), io) }
    guard let schema, let instance, faults.isEmpty else { throw SpecError(faults) }
    return (schema.index, schema.schema, instance)
  }
}

/// An instance from a file or from standard input.
private enum InstanceFile {
  static func read(_ path: String, _ io: CommandIO) throws(SpecError) -> SpecNode {
    var diagnostics = Diagnostics()
    var bytes = io.standardInput
    if path != "-" {
      do throws(FileReader.Failure) {
        let content = try io.files.read(path)
        bytes = { content }
      } catch {
        diagnostics.error("unreadable-file", at: SourceLocation(file: path), "cannot read '\(path)': \(error.reason)")
        throw SpecError(diagnostics.sorted)
      }
    }
    let content = bytes()
    let name = path != "-" ? path : beginsAsJSON(content) ? "<stdin>.json" : "<stdin>"
    let node = SpecParser.parse(content, file: name, diagnostics: &diagnostics)
    guard let node, !diagnostics.hasErrors else { throw SpecError(diagnostics.sorted) }
    return node
  }

  private static func beginsAsJSON(_ bytes: [UInt8]) -> Bool {
    let first = bytes.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    return first.map { "{[\"".utf8.contains($0) } ?? true
  }
}
