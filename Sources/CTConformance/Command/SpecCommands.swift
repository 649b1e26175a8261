internal import CTReview
internal import CTSpec

/// Two revisions of a spec, by what they mean.
struct SpecComparison {
  /// A file, or `git:REVISION:PATH`.
  let old: String
  let new: String

  /// The exit status: 1 when something breaks that the version does not announce.
  func run(_ format: String?, _ surroundings: Surroundings) throws(CannotRun) -> Int32 {
    let format = try SpecReport.format(format)
    let (old, new) = (try source(old), try source(new))
    do throws(SpecError) {
      let diff = try DiffReport(old, new)
      SpecReport.write(diff.report, format, surroundings)
      return diff.breaks ? 1 : 0
    } catch {
      throw .spec(error.description)
    }
  }

  private func source(_ place: String) throws(CannotRun) -> DiffSource {
    guard let source = DiffSource(place, .disk) else {
      throw .usage("'\(place)' is not written as git:REVISION:PATH")
    }
    return source
  }
}

/// `ctconform diff`
struct DiffCommand {
  private static let options: [Arguments.Option] = [SpecReport.option]

  static let help = """
    ctconform diff: which changes of the spec break callers.

    usage: ctconform diff OLD NEW [OPTION...]

    OLD and NEW are files, or git:REVISION:PATH.

    \(Arguments.help(options))

    Exit status: 0 nothing breaks, or the version tells so; 1 something breaks; 2 a document cannot be read.
    """

  let surroundings: Surroundings

  func run(_ typed: ArraySlice<String>) throws(CannotRun) -> Int32 {
    let operands = typed.prefix { !$0.hasPrefix("--") }
    let arguments = try Arguments(
      typed.dropFirst(operands.count), options: Self.options, environment: surroundings.environment)
    guard operands.count == 2, let old = operands.first, let new = operands.last else {
      throw .usage("diff takes two documents, OLD and NEW; see ctconform diff --help")
    }
    return try SpecComparison(old: old, new: new).run(arguments["--format"], surroundings)
  }
}

/// `ctconform lint`
struct LintCommand {
  private static let options: [Arguments.Option] = [
    .init("--spec", "FILE", variable: "CT_SPEC", "the OpenAPI document; \(RunOptions.defaultSpec) unless given"),
    .init("--config", "FILE", "which rules count, and where they may be broken"), SpecReport.option,
  ]

  static let help = """
    ctconform lint: faults and lapses of style in the spec.

    usage: ctconform lint [OPTION...]

    \(Arguments.help(options))

    Exit status: 0 no error (there may be warnings), 1 an error, 2 a file cannot be read.
    """

  let surroundings: Surroundings

  func run(_ typed: ArraySlice<String>) throws(CannotRun) -> Int32 {
    let arguments = try Arguments(typed, options: Self.options, environment: surroundings.environment)
    let format = try SpecReport.format(arguments["--format"])
    let file = try RunOptions.specFile(arguments)
    let diagnostics: [Diagnostic]
    do throws(SpecError) {
      let configuration = try arguments["--config"].map { file throws(SpecError) in
        try LintConfiguration.load(file: file)
      }
      diagnostics = Lint.check(try SpecLoader.loadOpenAPI(file: file), configuration ?? LintConfiguration())
    } catch {
      throw .spec(error.description)
    }
    let errors = diagnostics.count { $0.severity == .error }
    let summary = diagnostics.isEmpty ? "clean" : "\(errors) errors, \(diagnostics.count - errors) other findings"
    let report = Report(
      command: "lint", rules: LintRules.all.map(\.description), findings: diagnostics.map { .init($0) },
      summary: "\(file): \(summary)")
    SpecReport.write(report, format, surroundings)
    return errors > 0 ? 1 : 0
  }
}

/// What `lint`, `diff` and `drift --base` print.
enum SpecReport {
  static let option = Arguments.Option("--format", "FORMAT", "text (unless said otherwise), json, github or sarif")

  static func format(_ name: String?) throws(CannotRun) -> Report.Format {
    guard let format = Report.Format(rawValue: name ?? "text") else {
      let formats = Report.Format.allCases.map(\.rawValue).joined(separator: ", ")
      throw .usage("--format: '\(name ?? "")' is no format; there is: \(formats)")
    }
    return format
  }

  static func write(_ report: Report, _ format: Report.Format, _ surroundings: Surroundings) {
    surroundings.output.write(String(decoding: report.rendered(format), as: UTF8.self))
  }
}
