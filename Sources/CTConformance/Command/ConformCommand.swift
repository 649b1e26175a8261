/// The command line of `ctconform`.
package enum ConformCommand {
  private static let help = """
    ctconform: judges a deployment of the Control Tower's API by its specification, in whatever language it is written.

    usage: ctconform COMMAND [OPTION...]

      smoke      the smoke plan, step by step
      run        all suites
      drift      what a deployment, or a revision, has that the spec has not
      taxonomy   the weekly review: types and fields that were seen, and those that are declared
      lint       faults and lapses of style in the spec
      diff       which changes of the spec break callers
      list       every check, with the clause of the spec behind it

    ctconform COMMAND --help lists a command's options.
    Exit status: 0 the deployment conforms, 1 it does not, 2 the checks could not run.

    """

  package static func main(_ arguments: [String]) async -> Int32 { await run(arguments, in: .process) }

  /// The exit status.
  package static func run(_ arguments: [String], in surroundings: Surroundings) async -> Int32 {
    do throws(CannotRun) {
      return try await dispatch(arguments, surroundings)
    } catch {
      surroundings.errors.write("ctconform: \(error)\n")
      return 2
    }
  }

  private static func dispatch(_ arguments: [String], _ surroundings: Surroundings) async throws(CannotRun) -> Int32 {
    let rest = arguments.dropFirst()
    let wantsHelp = rest.contains("--help") || rest.contains("-h")
    switch arguments.first {
    case "smoke":
      guard !wantsHelp else { return show(SmokeCommand.help + "\n", surroundings) }
      return try await SmokeCommand(surroundings: surroundings).run(rest)
    case "run":
      guard !wantsHelp else { return show(RunCommand.help + "\n", surroundings) }
      return try await RunCommand(surroundings: surroundings).run(rest)
    case "drift":
      guard !wantsHelp else { return show(DriftCommand.help + "\n", surroundings) }
      return try await DriftCommand(surroundings: surroundings).run(rest)
    case "taxonomy":
      guard !wantsHelp else { return show(TaxonomyCommand.help + "\n", surroundings) }
      return try await TaxonomyCommand(surroundings: surroundings).run(rest)
    case "lint":
      guard !wantsHelp else { return show(LintCommand.help + "\n", surroundings) }
      return try LintCommand(surroundings: surroundings).run(rest)
    case "diff":
      guard !wantsHelp else { return show(DiffCommand.help + "\n", surroundings) }
      return try DiffCommand(surroundings: surroundings).run(rest)
    case "list":
      guard !wantsHelp else { return show(ListCommand.help + "\n", surroundings) }
      return try ListCommand(surroundings: surroundings).run(rest)
    case "--help", "-h", "help": return show(help, surroundings)
    case nil: throw .usage("which command? See ctconform --help")
    case let other?: throw .usage("there is no command '\(other)'; see ctconform --help")
    }
  }

  private static func show(_ text: String, _ surroundings: Surroundings) -> Int32 {
    surroundings.output.write(text)
    return 0
  }
}
