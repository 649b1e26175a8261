internal import CTJSON
internal import CTSpec

/// `ctconform list`
struct ListCommand {
  static let options: [Arguments.Option] =
    [
      .init("--spec", "FILE", variable: "CT_SPEC", "the OpenAPI document; \(RunOptions.defaultSpec) unless given"),
      .init("--cases", nil, "every body that is made from the schemas, and what is wrong with it"),
    ] + RunCommand.selectionOptions

  static let help = """
    ctconform list: every check, with the clause of the spec behind it.

    usage: ctconform list [OPTION...]

    \(Arguments.help(options))
    """

  let surroundings: Surroundings

  func run(_ typed: ArraySlice<String>) throws(CannotRun) -> Int32 {
    let arguments = try Arguments(typed, options: Self.options, environment: surroundings.environment)
    let spec = try surroundings.spec(try RunOptions.specFile(arguments))
    if arguments.has("--cases") { return listCases(spec) }
    let chosen = try RunCommand.selection(arguments).checks(of: Catalog.checks)
    for suite in Suite.allCases {
      let checks = chosen.filter { $0.suite == suite }
      guard !checks.isEmpty else { continue }
      line(suite.rawValue)
      for check in checks {
        line("  \(check.id)\(Self.padding(check.id))\(check.title)")
        let clause = spec.reference(check.clause).map { "\($0.place)  \($0.text)" }
        line("  \(Self.padding(""))\(clause ?? "not in the spec: \(check.clause)")")
      }
      line("")
    }
    line("every response")
    for rule in Check.responseRules { line("  \(rule.id)\(Self.padding(rule.id))\(rule.title)") }
    return 0
  }

  /// The same list for the same spec: one case a line, with the operation, what it tries, and the body.
  private func listCases(_ spec: SpecCatalog) -> Int32 {
    for (operation, schema) in spec.bodies {
      line(operation.name)
      for item in spec.cases(for: schema).cases {
        let text = String(decoding: JSONWriter.write(item.value).prefix(400), as: UTF8.self)
        line("  \(item.isValid ? "valid  " : "invalid")  \(item.label)")
        line("           \(ConsoleReporter.printable(text))")
      }
      line("")
    }
    return 0
  }

  private func line(_ text: String) { surroundings.output.write(text + "\n") }

  private static func padding(_ text: String) -> String { String(repeating: " ", count: max(2, 30 - text.count)) }
}
