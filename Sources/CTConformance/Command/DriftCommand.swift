/// `ctconform drift`
struct DriftCommand {
  private static let options =
    RunOptions.options(tokens: RunOptions.tokenNames) + [
      .init("--base", "REV", "compare the spec as it was in this git revision, instead of a deployment's"),
      .init("--head", "REV", "with the one of this revision; with the files as they are unless given"),
      .init("--format", "FORMAT", "of a comparison of revisions: text, json, github or sarif"),
      .init("--verbose", nil, "show what was expected and seen also for checks that pass"),
    ]

  static let help = """
    ctconform drift: what a deployment, or a revision, has that the spec has not.

    usage: ctconform drift --url URL [OPTION...]
           ctconform drift --base REV [--head REV] [--spec FILE] [--format FORMAT]

    \(Arguments.help(options))

    With --url: the deployment's own spec is compared by meaning, undeclared methods and common undeclared paths are
    tried, and stored events are held against the taxonomy. Nothing is written that the deployment keeps with --read-only.
    With --base: two revisions of the spec are compared, as by ctconform diff.

    Exit status: 0 no drift (or, with --base, nothing breaks unannounced), 1 drift, 2 it could not be looked for.
    """

  let surroundings: Surroundings

  func run(_ typed: ArraySlice<String>) async throws(CannotRun) -> Int32 {
    let arguments = try Arguments(typed, options: Self.options, environment: surroundings.environment)
    if let base = arguments["--base"] {
      guard typed.allSatisfy({ !$0.hasPrefix("--url") }) else {
        throw .usage("--base compares revisions, --url a deployment: give one of them")
      }
      return try compare(base, arguments)
    }
    guard !arguments.has("--head") else { throw .usage("--head needs --base: which revision is it compared with?") }
    let options = try RunOptions(arguments, tokens: RunOptions.tokenNames, surroundings)
    return await ReportedRun.run(
      options, DriftSuite.probes, surroundings, isDetailed: arguments.has("--verbose"))
  }

  private func compare(_ base: String, _ arguments: Arguments) throws(CannotRun) -> Int32 {
    let file = arguments["--spec"] ?? RunOptions.defaultSpec
    guard !file.hasPrefix("/") else {
      throw .usage("--spec: a revision is read by the path within the repository, not by '\(file)'")
    }
    let head = arguments["--head"].map { "git:\($0):\(file)" } ?? file
    return try SpecComparison(old: "git:\(base):\(file)", new: head).run(arguments["--format"], surroundings)
  }
}
