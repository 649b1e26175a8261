internal import Glibc

/// The command line of `openapi-gen`, with the commands that the executable brings.
package struct OpenAPIGenCommand {
  private let commands: [Command]

  package init(_ commands: [Command]) { self.commands = commands }

  package func main() -> Never {
    // A reader that went away is no reason to die without an exit status.
    signal(SIGPIPE, SIG_IGN)
    exit(run(Array(CommandLine.arguments.dropFirst()), .process))
  }

  /// Runs a command line and gives the exit status: 2 whenever the command could not do what it is for.
  package func run(_ arguments: [String], _ io: CommandIO) -> Int32 {
    guard let name = arguments.first else { return refuse("which command?", io) }
    if ["--help", "-h", "help"].contains(name) { return help(arguments.dropFirst().first, io) }
    guard let command = commands.first(where: { $0.name == name }) else {
      let hint = EditDistanceHint.suggestion(for: name, among: commands.map(\.name))
      return refuse("there is no command '\(name)'\(hint)", io)
    }
    if arguments.contains("--help") || arguments.contains("-h") { return help(name, io) }
    do throws(UsageError) {
      return try command.run(Arguments(arguments.dropFirst(), for: command), io)
    } catch {
      io.complain("openapi-gen \(name): \(error.message); see openapi-gen \(name) --help")
      return 2
    }
  }

  private func refuse(_ reason: String, _ io: CommandIO) -> Int32 {
    io.complain("openapi-gen: \(reason); see openapi-gen --help")
    return 2
  }

  private func help(_ name: String?, _ io: CommandIO) -> Int32 {
    if let name, !name.hasPrefix("-") {
      guard let command = commands.first(where: { $0.name == name }) else {
        return refuse("there is no command '\(name)'", io)
      }
      io.say(command.help)
      return 0
    }
    let width = (commands.map(\.name.count).max() ?? 0) + 3
    let table = commands.map { "  " + $0.name + String(repeating: " ", count: width - $0.name.count) + $0.summary }
    io.say(
      """
      openapi-gen: Swift from an OpenAPI 3.1 document and JSON Schemas, and a judge of both.

      usage: openapi-gen COMMAND ...

      \(table.joined(separator: "\n"))

      openapi-gen COMMAND --help says what each takes. Exit status: 0 all is well, 1 something was found, 2 the command
      could not run.
      """)
    return 0
  }
}
