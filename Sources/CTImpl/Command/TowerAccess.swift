internal import CTGenerated
internal import CTHTTP
internal import CTRuntime

/// How a command reaches a running tower: `--url` and `--token`, or `CT_URL` and `CT_TOKEN` in the environment.
struct TowerAccess {
  static let options: Set<String> = ["--url", "--token"]

  let url: URLParts
  let token: String

  var client: ControlTowerClient {
    ControlTowerClient(APIClient(transport: HTTPTransport(base: url), credentials: ClientCredentials(token: token)))
  }

  init(_ options: CommandLineArguments, for command: String) throws(UsageError) {
    let text = options["--url"] ?? Environment.value("CT_URL") ?? "http://127.0.0.1:8080"
    guard let url = URLParts(text) else {
      throw UsageError("--url: '\(text)' is no address such as http://127.0.0.1:8080")
    }
    // An argument shows in the list of processes; the environment does not.
    guard let token = options["--token"] ?? Environment.value("CT_TOKEN"), !token.isEmpty else {
      throw UsageError(
        "\(command) needs --token TOKEN, or better CT_TOKEN in the environment; a tower with --dev knows "
          + "DEV_TOKEN_OPERATOR, DEV_TOKEN_MAINTAINER and DEV_TOKEN_OWNER")
    }
    self.url = url
    self.token = token
  }
}
