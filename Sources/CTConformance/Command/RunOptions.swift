internal import CTHTTP
internal import Glibc

/// The options that every command has which speaks to a deployment.
struct RunOptions {
  static let defaultSpec = "docs/design/openapi/control_tower.yaml"

  /// By name: the roles of the seed's 5.1, and the producers of its 1.1.
  static let tokenNames = [
    "owner", "maintainer", "operator", "viewer", "finance", "portal", "backend", "desktop", "website", "github",
  ]

  static func options(tokens: [String]) -> [Arguments.Option] {
    [
      .init("--url", "URL", variable: "CT_URL", "the deployment, http or https"),
      .init("--spec", "FILE", variable: "CT_SPEC", "the OpenAPI document; \(defaultSpec) unless given"),
      .init("--secret", "TEXT", variable: Credentials.secretVariable, "what bodies are signed with"),
    ]
      + tokens.map {
        .init(
          Credential.option(of: $0), "TOKEN", variable: Credential.variable(of: $0),
          roles.contains($0) ? "a token of role \($0)" : "the token of the producer \($0)")
      } + [
        .init("--ca", "FILE", "trust the certificates of this PEM file, and no others"),
        .init("--timeout", "SECONDS", "for each response; 10 unless given"),
        .init("--patience", "SECONDS", "for what may happen a little later; 5 unless given"),
        .init("--run-id", "NAME", "the run's name: it determines every byte that is sent; new unless given"),
        .init("--read-only", nil, "send nothing that the deployment keeps"),
        .init("--color", "WHEN", "auto, always or never; auto unless given (NO_COLOR is heeded)"),
      ]
  }

  private static let roles: Set = ["owner", "maintainer", "operator", "viewer"]

  let deployment: Deployment
  let spec: SpecCatalog
  let credentials: Credentials
  let runID: RunID
  let settings: RunSettings
  let style: Style

  init(_ arguments: Arguments, tokens names: [String], _ surroundings: Surroundings) throws(CannotRun) {
    style = try Self.style(arguments, surroundings)
    var configuration = HTTPClientConfiguration()
    configuration.responseTimeout = try Self.seconds("--timeout", arguments) ?? .seconds(10)
    configuration.connectTimeout = min(configuration.responseTimeout, .seconds(10))
    if let file = arguments["--ca"] { configuration.trust = .authorities(file: file) }
    guard let url = arguments["--url"] else { throw .missing("--url is needed (or CT_URL): which deployment?") }
    guard let parts = URLParts(url), !parts.target.contains("?") else {
      throw .usage("--url: '\(url)' is no http or https URL without a query")
    }
    deployment = Deployment(url: parts, client: HTTPClient(configuration: configuration))
    spec = try .load(try Self.specFile(arguments))
    credentials = Self.credentials(arguments, names)
    guard let runID = arguments["--run-id"].map({ RunID($0) }) ?? RunID.fresh() else {
      throw .usage("--run-id takes 1 to 64 lower-case letters, digits and hyphens")
    }
    self.runID = runID
    var settings = RunSettings()
    settings.readOnly = arguments.has("--read-only")
    settings.isNamed = arguments.has("--run-id")
    settings.patience = try Self.seconds("--patience", arguments) ?? settings.patience
    self.settings = settings
  }

  private static func specFile(_ arguments: Arguments) throws(CannotRun) -> String {
    if let file = arguments["--spec"] { return file }
    guard access(defaultSpec, R_OK) == 0 else {
      throw .missing("--spec FILE is needed (or CT_SPEC): there is no \(defaultSpec) in this folder")
    }
    return defaultSpec
  }

  private static func credentials(_ arguments: Arguments, _ names: [String]) -> Credentials {
    var tokens: [String: String] = [:]
    for name in names { tokens[name] = arguments[Credential.option(of: name)] }
    return Credentials(tokens: tokens, secret: arguments["--secret"])
  }

  private static func seconds(_ option: String, _ arguments: Arguments) throws(CannotRun) -> Duration? {
    guard let text = arguments[option] else { return nil }
    guard let number = Double(text), number > 0, number <= 3600 else {
      throw .usage("\(option) takes seconds, up to 3600")
    }
    return .seconds(number)
  }

  private static func style(_ arguments: Arguments, _ surroundings: Surroundings) throws(CannotRun) -> Style {
    switch arguments["--color"] ?? "auto" {
    case "always": return Style(isColoured: true)
    case "never": return Style(isColoured: false)
    case "auto":
      let isWanted = surroundings.environment("NO_COLOR")?.isEmpty ?? true
      return Style(isColoured: surroundings.isTerminal && isWanted)
    default: throw .usage("--color takes auto, always or never")
    }
  }
}
