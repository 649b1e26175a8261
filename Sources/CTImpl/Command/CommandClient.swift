internal import CTGenerated
internal import CTHTTP
internal import CTRuntime
internal import Glibc

/// The client of a command that asks a running tower: `--url` and `--token`.
enum CommandClient {
  static let options: Set<String> = ["--url", "--token"]

  static func make(_ options: CommandLineArguments, command: String) throws(UsageError) -> ControlTowerClient {
    let text = options["--url"] ?? "http://127.0.0.1:8080"
    guard let url = URLParts(text) else {
      throw UsageError("--url: '\(text)' is no address such as http://127.0.0.1:8080")
    }
    // An argument shows in the list of processes; the environment does not.
    guard let token = options["--token"] ?? getenv("CT_TOKEN").map({ String(cString: $0) }) else {
      throw UsageError(
        "\(command) needs --token TOKEN, or better CT_TOKEN in the environment; a tower with --dev knows "
          + "DEV_TOKEN_MAINTAINER and DEV_TOKEN_OWNER")
    }
    return ControlTowerClient(
      APIClient(transport: HTTPTransport(base: url), credentials: ClientCredentials(token: token)))
  }
}

/// What a tower answered instead of what was asked for.
struct RefusedError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }

  init(_ problem: Problem) {
    let places = problem.errors?.map { "\n  \($0.pointer.isEmpty ? "the body" : $0.pointer): \($0.detail)" } ?? []
    description = "\(problem.status) \(problem.title): \(problem.detail ?? "")\(places.joined())"
  }
}
