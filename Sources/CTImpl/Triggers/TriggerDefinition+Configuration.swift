internal import CTGenerated
internal import CTHTTP
internal import CTRuns
internal import Glibc

/// Makes of the configuration's `runs.triggers` what the tower runs.
struct TriggerBinder {
  /// The folder that relative paths are relative to.
  private let folder: String

  /// - Parameter file: the path of the file that has the bindings.
  init(file: String) {
    let parent = file.lastIndex(of: "/").map { String(file[..<$0]) } ?? "."
    // Commands are started in another directory: their paths must not depend on the tower's.
    folder =
      realpath(parent.isEmpty ? "/" : parent, nil).map { path in
        defer { free(path) }
        return String(cString: path)
      } ?? parent
  }

  /// - Parameter pointer: where `runs` stands in the file, for errors.
  /// - Throws: ``ConfigurationError`` for what the schema cannot tell.
  func definitions(_ runs: Runs, at pointer: String) throws(ConfigurationError) -> [TriggerDefinition] {
    var definitions: [TriggerDefinition] = []
    for (number, binding) in (runs.triggers ?? []).enumerated() {
      let pointer = "\(pointer)/triggers/\(number)"
      guard TriggerCatalog.shared[binding.name] != nil else {
        let known = TriggerCatalog.shared.entries.map(\.name).joined(separator: ", ")
        throw ConfigurationError(
          description: "'\(binding.name)' is not on the allow-list; there is: \(known)", pointer: "\(pointer)/name")
      }
      guard !definitions.contains(where: { $0.name == binding.name }) else {
        throw ConfigurationError(description: "'\(binding.name)' is bound twice", pointer: "\(pointer)/name")
      }
      guard binding.slaSeconds <= binding.timeoutSeconds else {
        throw ConfigurationError(
          description: "runs are ended after \(binding.timeoutSeconds) s, so none would be overdue after "
            + "\(binding.slaSeconds) s; set slaSeconds to at most timeoutSeconds", pointer: pointer)
      }
      definitions.append(try definition(binding, at: pointer))
    }
    return definitions
  }

  private func definition(_ binding: TriggerBinding, at pointer: String) throws(ConfigurationError) -> TriggerDefinition
  {
    var definition = TriggerDefinition(name: binding.name, work: try work(binding, at: pointer))
    definition.sla = .seconds(binding.slaSeconds)
    definition.timeout = .seconds(binding.timeoutSeconds)
    definition.concurrency = binding.concurrency
    definition.queueLimit = binding.queueLimit
    definition.whenInterrupted = binding.whenInterrupted == .resume ? .resume : .fail
    return definition
  }

  private func work(
    _ binding: TriggerBinding, at pointer: String
  ) throws(ConfigurationError) -> TriggerDefinition.Work {
    if let command = binding.command { return .command(try self.command(command)) }
    if let http = binding.http { return .http(try self.http(http, at: pointer + "/http")) }
    preconditionFailure("the schema asks for one of the two")
  }

  private func command(_ binding: CommandBinding) throws(ConfigurationError) -> CommandDefinition {
    let directory = binding.cwd.map { $0.hasPrefix("/") ? $0 : "\(folder)/\($0)" } ?? folder
    var environment: [String: String] = [:]
    for name in ["PATH", "HOME", "LANG", "TZ"] + (binding.environment ?? []) {
      if let value = getenv(name) { environment[name] = String(cString: value) }
    }
    if environment["PATH"] == nil { environment["PATH"] = "/usr/local/bin:/usr/bin:/bin" }
    var command = CommandDefinition(arguments: binding.argv, directory: directory, environment: environment)
    command.user = binding.user
    command.outputBytes = binding.outputBytes
    command.artifactBytes = binding.artifactBytes
    command.grace = .seconds(binding.graceSeconds)
    return command
  }

  private func http(_ binding: HTTPBinding, at pointer: String) throws(ConfigurationError) -> HTTPDefinition {
    guard let url = URLParts(binding.url) else {
      throw ConfigurationError(description: "this is no http or https URL", pointer: pointer + "/url")
    }
    let secret = try binding.secret.value(
      of: "the secret that calls are signed with", minimumBytes: 16, at: pointer + "/secret")
    var definition = HTTPDefinition(url: url, secret: Array(secret.utf8))
    definition.completion = binding.completion == .callback ? .callback : .poll
    definition.pause = .seconds(binding.pollSeconds)
    definition.callbackSource = binding.callbackSource.rawValue
    return definition
  }
}
