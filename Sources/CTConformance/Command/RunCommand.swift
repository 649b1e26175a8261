/// `ctconform run`
struct RunCommand {
  private static let options =
    RunOptions.options(tokens: RunOptions.tokenNames) + selectionOptions + [
      .init("--verbose", nil, "show what was expected and seen also for checks that pass")
    ]

  static let help = """
    ctconform run: all suites against a deployment.

    usage: ctconform run --url URL [OPTION...]

    \(Arguments.help(options))

    A name in brackets is the environment variable that is used when the option is not given; tokens and the secret
    are better there than on a command line. What needs a token or the secret that is not given is skipped, counted and
    named. ctconform list shows the checks.

    Exit status: 0 the deployment conforms, 1 it does not, 2 the checks could not run.
    """

  let surroundings: Surroundings

  func run(_ typed: ArraySlice<String>) async throws(CannotRun) -> Int32 {
    let arguments = try Arguments(typed, options: Self.options, environment: surroundings.environment)
    let checks = try Self.selection(arguments).checks(of: Catalog.checks)
    let options = try RunOptions(arguments, tokens: RunOptions.tokenNames, surroundings)
    return await ReportedRun.run(options, checks, surroundings, isDetailed: arguments.has("--verbose"))
  }

  static let selectionOptions: [Arguments.Option] = [
    .init("--suite", "NAMES", "only these suites, with commas between them"),
    .init("--only", "IDS", "only these checks, with commas between them; auth-* is all that begin so"),
    .init("--skip", "IDS", "all checks but these"),
  ]

  static func selection(_ arguments: Arguments) throws(CannotRun) -> Selection {
    var selection = Selection()
    selection.only = list(arguments["--only"])
    selection.skip = list(arguments["--skip"])
    for name in list(arguments["--suite"]) {
      guard let suite = Suite(rawValue: name) else {
        throw .usage("there is no suite '\(name)'; there is: \(Suite.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      selection.suites.append(suite)
    }
    return selection
  }

  static func list(_ text: String?) -> [String] { text?.split(separator: ",").map(String.init) ?? [] }
}
