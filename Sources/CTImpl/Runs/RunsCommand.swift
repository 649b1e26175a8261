internal import CTGenerated
internal import CTJSON
internal import CTRuntime
internal import Glibc

/// `control-tower runs …`: what an operator does about runs, against a running tower.
struct RunsCommand {
  private enum Action {
    case list(trigger: String?, status: RunStatus?, limit: Int)
    case show(String)
    case logs(String)
    case cancel(String)
    case retry(String, follows: Bool)
    case follow(String)
  }

  private let action: Action
  private let access: TowerAccess
  private static let verbs = "list, show, logs, follow, cancel, retry"

  init(_ arguments: ArraySlice<String>) throws(UsageError) {
    guard let verb = arguments.first else { throw UsageError("runs needs one of: \(Self.verbs)") }
    var rest = arguments.dropFirst()
    var runId: String?
    if let word = rest.first, !word.hasPrefix("-") { runId = rest.removeFirst() }
    let own: Set<String> = verb == "list" ? ["--trigger", "--status", "--limit"] : []
    let options = try CommandLineArguments(
      rest, options: own.union(TowerAccess.options), flags: verb == "retry" ? ["--follow"] : [])
    action = try Self.action(verb, runId, options)
    access = try TowerAccess(options, for: "runs")
  }

  private static func action(
    _ verb: String, _ runId: String?, _ options: CommandLineArguments
  ) throws(UsageError) -> Action {
    switch (verb, runId) {
    case ("list", nil): return try list(options)
    case ("list", _?): throw UsageError("runs list takes no ID; runs show does")
    case ("show", let runId?): return .show(runId)
    case ("logs", let runId?): return .logs(runId)
    case ("follow", let runId?): return .follow(runId)
    case ("cancel", let runId?): return .cancel(runId)
    case ("retry", let runId?): return .retry(runId, follows: options.flags.contains("--follow"))
    case ("show", nil), ("logs", nil), ("follow", nil), ("cancel", nil), ("retry", nil):
      throw UsageError("runs \(verb) needs the ID of a run")
    default: throw UsageError("there is no command 'runs \(verb)'; there are \(verbs)")
    }
  }

  private static func list(_ options: CommandLineArguments) throws(UsageError) -> Action {
    let status = try options["--status"].map { text throws(UsageError) in
      guard let status = RunStatus(rawValue: text) else {
        throw UsageError("--status is one of: \(RunStatus.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      return status
    }
    guard let limit = Int(options["--limit"] ?? "50"), (1...500).contains(limit) else {
      throw UsageError("--limit is a number from 1 to 500")
    }
    return .list(trigger: options["--trigger"], status: status, limit: limit)
  }

  func run() async throws -> Int32 {
    let client = access.client
    switch action {
    case .list(let trigger, let status, let limit):
      for run in try await client.listRuns(trigger: trigger, status: status, limit: limit).page.body { show(run) }
    case .show(let runId): try print(await client.getRun(runId: runId).run)
    case .cancel(let runId): try show(await client.cancelRun(runId: runId).run)
    case .logs(let runId):
      _ = try await client.getRun(runId: runId).run
      var lines = 0
      var console = RunConsole(isTerminal: false)
      guard await RunFollower(access: access).showLog(of: runId, &lines, &console) else {
        throw RefusedError("the log was cut off after \(lines) lines")
      }
    case .follow(let runId): return try await RunFollower(access: access).follow(runId)
    case .retry(let runId, let follows):
      let next = try await client.retryRun(runId: runId).runId
      Swift.print(next)
      if follows { return try await RunFollower(access: access).follow(next) }
    }
    return 0
  }

  private func show(_ run: Run) {
    let progress = run.progress.map { "  \($0.done) of \($0.total)" } ?? ""
    let failure = run.failure.map { "  \($0.message)" } ?? ""
    Swift.print("\(run.runId)  \(run.createdAt)  \(run.status.rawValue)  \(run.trigger)\(progress)\(failure)")
  }

  private func print(_ run: Run) throws {
    let value = try JSONValue(parsing: run.json())
    Swift.print(String(decoding: JSONWriter.write(value, .pretty), as: UTF8.self), terminator: "")
  }
}
