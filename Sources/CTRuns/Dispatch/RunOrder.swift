import CTJSON

/// What an executor is asked to do.
package struct RunOrder: Sendable {
  package let runId: String
  package let trigger: String
  package let initiator: String
  package let attempt: Int
  /// The inputs as they were sent: a JSON object.
  package let inputs: [UInt8]
  /// From where to go on: a JSON object, as the executor gave it.
  package let checkpoint: [UInt8]?
  /// When the run has to have ended, on a clock that does not jump.
  package let deadline: ContinuousClock.Instant

  /// What a command reads from its standard input, and a function as the body of its call.
  /// - Parameter reason: why the work is called off; `nil` as long as it is to be done.
  func json(cancelling reason: CallOff? = nil) -> [UInt8] {
    var members: [JSONValue.Member] = [
      .init(key: "runId", value: .string(runId)), .init(key: "trigger", value: .string(trigger)),
      .init(key: "initiator", value: .string(initiator)), .init(key: "attempt", value: .integer(attempt)),
      .init(key: "inputs", value: (try? JSONValue(parsing: inputs)) ?? .object([])),
    ]
    if let checkpoint = checkpoint.flatMap({ try? JSONValue(parsing: $0) }) {
      members.append(.init(key: "checkpoint", value: checkpoint))
    }
    if let reason {
      let cancel = JSONValue.object([.init(key: "reason", value: .string(reason.rawValue))])
      members.append(.init(key: "cancel", value: cancel))
    }
    return JSONWriter.write(.object(members))
  }
}

/// How an execution ended.
package enum RunOutcome: Sendable, Hashable {
  case success(RunMetrics)
  /// `metrics` are what it reported before it failed, if anything.
  case failure(RunFailure, RunMetrics = RunMetrics())
  /// It was told to end because the tower stops.
  case interrupted
}

/// What an executor reports while it works.
package struct RunReporter: Sendable {
  package let log: RunLog
  package let progress: @Sendable (RunProgress, _ checkpoint: [UInt8]?) -> Void
}

/// Does the work of a trigger.
package protocol RunExecutor: Sendable {
  /// Returns when nothing of the work goes on any more; soon after `control` asks for it, and by the order's deadline.
  func execute(_ order: RunOrder, _ reporter: RunReporter, _ control: RunControl) async -> RunOutcome
}
