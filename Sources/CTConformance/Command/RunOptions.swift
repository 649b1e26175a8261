internal import CTHTTP
internal import Glibc

/// The options that every command has which speaks to a deployment.
struct RunOptions {
  static let defaultSpec = "docs/design/openapi/control_tower.yaml"

  /// By name: the roles of the seed's 5.1, and the producers of its 1.1.
  static let tokenNames = [
    "owner", "maintainer", "operator", "viewer", "finance", "portal", "backend", "desktop", "website", "github",
    Credential.expired,
  ]

  static func options(tokens: [String]) -> [Arguments.Option] {
    [
      .init("--profile", "FILE", variable: "CT_PROFILE", "settings for one deployment; what is typed counts before it"),
      .init("--url", "URL", variable: "CT_URL", "the deployment, http or https"),
      .init("--spec", "FILE", variable: "CT_SPEC", "the OpenAPI document; \(defaultSpec) unless given"),
      .init("--secret", "TEXT", variable: Credentials.secretVariable, "what bodies are signed with"),
    ]
      + tokens.map {
        .init(
          Credential.option(of: $0), "TOKEN", variable: Credential.variable(of: $0),
          help(ofToken: $0))
      } + [
        .init("--ca", "FILE", "trust the certificates of this PEM file, and no others"),
        .init("--timeout", "SECONDS", "for each response; 10 unless given"),
        .init("--patience", "SECONDS", "for what may happen a little later; 5 unless given"),
        .init(
          "--slow-timeout", "SECONDS", "a slow request has to be given up within it; 12, and no fault, unless given"),
        .init("--rate", "NUMBER", "requests in a second at most; as many as are answered unless given"),
        .init("--concurrency", "NUMBER", "requests at once where order does not matter; 8 unless given"),
        .init("--run-id", "NAME", "the run's name: it determines every byte that is sent; new unless given"),
        .init("--read-only", nil, "send nothing that the deployment keeps"),
        .init("--fail-fast", nil, "end with the first finding"),
        .init("--report", "FORMAT=FILE", "also write a report: json, junit, sarif, github or markdown; with commas"),
        .init("--color", "WHEN", "auto, always or never; auto unless given (NO_COLOR is heeded)"),
      ]
  }

  private static func help(ofToken name: String) -> String {
    if name == Credential.expired { return "a token that was valid once" }
    let isRole = ["owner", "maintainer", "operator", "viewer"].contains(name)
    return isRole ? "a token of role \(name)" : "the token of the producer \(name)"
  }

  let deployment: Deployment
  let spec: SpecCatalog
  let credentials: Credentials
  let runID: RunID
  let settings: RunSettings
  let style: Style
  let isTerminal: Bool
  let reports: [any Reporter]

  init(_ typed: Arguments, tokens names: [String], _ surroundings: Surroundings) throws(CannotRun) {
    let (arguments, profile) = try Self.completed(typed, names, surroundings)
    style = try Self.style(arguments, surroundings)
    isTerminal = surroundings.isTerminal
    reports = try ReportFile.reporters(arguments["--report"], surroundings)
    var configuration = HTTPClientConfiguration()
    configuration.responseTimeout = try Self.seconds("--timeout", arguments) ?? .seconds(10)
    // A response of this API is far smaller; one without an end is given up.
    configuration.bodyLimit = 16 << 20
    configuration.connectTimeout = min(configuration.responseTimeout, .seconds(10))
    if let file = arguments["--ca"] { configuration.trust = .authorities(file: file) }
    guard let url = arguments["--url"] else { throw .missing("--url is needed (or CT_URL): which deployment?") }
    guard let parts = URLParts(url), !parts.target.contains("?") else {
      throw .usage("--url: '\(url)' is no http or https URL without a query")
    }
    deployment = Deployment(url: parts, client: HTTPClient(configuration: configuration))
    spec = try surroundings.spec(try Self.specFile(arguments))
    credentials = Self.credentials(arguments, names, profile)
    guard let runID = arguments["--run-id"].map({ RunID($0) }) ?? RunID.fresh() else {
      throw .usage("--run-id takes 1 to 64 lower-case letters, digits and hyphens")
    }
    self.runID = runID
    var settings = RunSettings()
    settings.readOnly = arguments.has("--read-only")
    settings.isOverAtFinding = arguments.has("--fail-fast")
    settings.isNamed = arguments.has("--run-id")
    settings.patience = try Self.seconds("--patience", arguments) ?? settings.patience
    settings.slowness = try Self.seconds("--slow-timeout", arguments) ?? settings.slowness
    settings.isSlownessJudged = arguments.has("--slow-timeout")
    settings.rate = try Self.count("--rate", arguments, upTo: 100_000)
    settings.concurrency = try Self.count("--concurrency", arguments, upTo: 256) ?? settings.concurrency
    self.settings = settings
  }

  static func specFile(_ arguments: Arguments) throws(CannotRun) -> String {
    if let file = arguments["--spec"] { return file }
    guard access(defaultSpec, R_OK) == 0 else {
      throw .missing("--spec FILE is needed (or CT_SPEC): there is no \(defaultSpec) in this folder")
    }
    return defaultSpec
  }

  /// With what the profile says.
  private static func completed(
    _ typed: Arguments, _ names: [String], _ surroundings: Surroundings
  ) throws(CannotRun) -> (Arguments, Profile) {
    guard let file = typed["--profile"] else { return (typed, Profile()) }
    let profile = try Profile.load(file)
    var arguments = typed
    for (option, value) in profile.options { arguments.fill(option, value) }
    for (name, variable) in profile.tokenVariables where names.contains(name) {
      if let value = surroundings.environment(variable), !value.isEmpty {
        arguments.fill(Credential.option(of: name), value)
      }
    }
    if let value = profile.secretVariable.flatMap(surroundings.environment), !value.isEmpty {
      arguments.fill("--secret", value)
    }
    return (arguments, profile)
  }

  private static func credentials(_ arguments: Arguments, _ names: [String], _ profile: Profile) -> Credentials {
    var tokens: [String: String] = [:]
    for name in names { tokens[name] = arguments[Credential.option(of: name)] }
    return Credentials(
      tokens: tokens, secret: arguments["--secret"], variables: profile.tokenVariables,
      secretVariable: profile.secretVariable ?? Credentials.secretVariable)
  }

  private static func count(
    _ option: String, _ arguments: Arguments, upTo maximum: Int
  ) throws(CannotRun) -> Int? {
    guard let text = arguments[option] else { return nil }
    guard let number = Int(text), 1...maximum ~= number else {
      throw .usage("\(option) takes a number from 1 to \(maximum)")
    }
    return number
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
