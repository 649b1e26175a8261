/// `ctconform smoke`
struct SmokeCommand {
  private static let tokens = ["finance", "maintainer", "operator"]
  private static let options = RunOptions.options(tokens: tokens)

  static let help = """
    ctconform smoke: the smoke plan, step by step, against a deployment.

    usage: ctconform smoke --url URL --token-finance TOKEN --token-maintainer TOKEN --secret TEXT [OPTION...]

    \(Arguments.help(options))

    A name in brackets is the environment variable that is used when the option is not given; tokens and the secret
    are better there than on a command line.

    It sends a signed event, sends the same one again, and looks for it in the list. What it sends stays in the log; its
    ids begin with ctconform_ and the run's name. Steps for which the spec has no operation are named, not passed.

    Exit status: 0 the deployment conforms, 1 it does not, 2 the checks could not run.
    """

  let surroundings: Surroundings

  func run(_ typed: ArraySlice<String>) async throws(CannotRun) -> Int32 {
    let arguments = try Arguments(typed, options: Self.options, environment: surroundings.environment)
    let options = try RunOptions(arguments, tokens: Self.tokens, surroundings)
    let needs = Check.Needs(tokens: SmokeSuite.requiredTokens, secret: true)
    let missing = options.settings.readOnly ? [] : options.credentials.missing(needs)
    guard missing.isEmpty else {
      throw .missing("the smoke plan needs \(missing.joined(separator: ", ")); see ctconform smoke --help")
    }
    return await ReportedRun.run(options, SmokeSuite.checks, surroundings, isDetailed: true)
  }
}
