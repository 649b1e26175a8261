/// The command line of `ctconform`.
package enum ConformCommand {
  private static let help = """
    ctconform: judges a deployment of the Control Tower's API by its specification, in whatever language it is written.

    usage: ctconform COMMAND [OPTION...]

      smoke    the smoke plan, step by step

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
