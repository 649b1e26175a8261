internal import CTGenerated
internal import CTJSON
internal import CTRuntime

/// `control-tower triggers`: what may be started in a running tower.
struct TriggersCommand {
  private let access: TowerAccess

  init(_ arguments: ArraySlice<String>) throws(UsageError) {
    access = try TowerAccess(try CommandLineArguments(arguments, options: TowerAccess.options), for: "triggers")
  }

  func run() async throws -> Int32 {
    let triggers = try await access.client.listTriggers().triggers
    if triggers.isEmpty { print("this deployment's configuration binds nothing to any trigger") }
    for trigger in triggers { show(trigger) }
    return 0
  }

  private func show(_ trigger: TriggerDescription) {
    print("\(trigger.name)\(trigger.mayStart ? "" : "  (your role may not start it)")")
    print("  \(trigger.description)")
    print("  inputs: \(Self.inputs(trigger.inputs))")
    print(
      "  \(trigger.slaSeconds) s are normal, after \(trigger.timeoutSeconds) s it is ended; "
        + "\(trigger.running) of at most \(trigger.concurrency) under way, \(trigger.queued) waiting")
    for run in trigger.lastRuns { print("  \(run.runId)  \(run.createdAt)  \(run.status.rawValue)") }
  }

  /// The names of the inputs; those that may be left out in brackets.
  private static func inputs(_ schema: RawJSON) -> String {
    let schema = try? JSONValue(parsing: schema.bytes)
    let required = schema?["required"]?.elements?.compactMap(\.string) ?? []
    let names = schema?["properties"]?.members?.map(\.key) ?? []
    return names.map { required.contains($0) ? $0 : "[\($0)]" }.joined(separator: ", ")
  }
}

extension ListTriggers.Output {
  var triggers: [TriggerDescription] {
    get throws(RefusedError) {
      switch self {
      case .ok(let answer): return answer.body
      case .unauthorized(let answer): throw RefusedError(answer.body)
      case .forbidden(let answer): throw RefusedError(answer.body)
      case .serviceUnavailable(let answer): throw RefusedError(answer.body)
      }
    }
  }
}
