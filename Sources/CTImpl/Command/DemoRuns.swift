internal import CTJSON
internal import CTRuns
internal import CTScenario
internal import CTStore

/// Makes a scenario's runs as a tower would have recorded them.
struct DemoRuns {
  private struct Open {
    let id: String
    let startedAt: Timestamp
    var isOverdue = false
  }

  private let book: RunBook
  private var random: SplitMix64
  /// By the id that the scenario gives them.
  private var open: [String: Open] = [:]

  /// What a run may take when its trigger is not bound.
  private static let sla = Duration.seconds(900)

  init(_ book: RunBook, seed: UInt64) {
    self.book = book
    random = SplitMix64(seed: seed)
  }

  /// - Returns: whether the event was about a run.
  mutating func record(_ event: ScenarioEvent) async throws -> Bool {
    guard let name = event.correlationId, let trigger = event.payload["trigger"]?.string else { return false }
    switch event.type {
    case "run.started": try await start(name, trigger)
    case "run.finished": try await finish(name, trigger, event.payload["status"]?.string ?? "success")
    default: return false
    }
    return true
  }

  /// Tells of the runs that take too long by now.
  mutating func markOverdue(at now: Timestamp) async throws {
    for (name, run) in open.sorted(by: { $0.value.id < $1.value.id }) where !run.isOverdue {
      let due = run.startedAt.microseconds + Int64(Self.sla / .microseconds(1))
      guard due < now.microseconds else { continue }
      try await book.replayOverdue(run.id, sla: Self.sla)
      open[name]?.isOverdue = true
    }
  }

  private mutating func start(_ name: String, _ trigger: String) async throws {
    let now = book.now()
    let run = RunRecord(
      runId: TimedID.make("run", at: now, &random), trigger: trigger,
      initiator: ["desk-operator", "night-operator"][Int(random.next() % 2)], inputs: inputs(trigger), createdAt: now)
    try await book.replayStart(run)
    open[name] = Open(id: run.runId, startedAt: now)
  }

  private mutating func inputs(_ trigger: String) -> [UInt8] {
    switch trigger {
    case "contract.regenerate": Array(#"{"contractId":"K\#(400 + random.next() % 90)"}"#.utf8)
    case "finance.export.backfill": Array(#"{"from":"2025-09-01","to":"2025-09-30"}"#.utf8)
    default: Array("{}".utf8)
    }
  }

  private mutating func finish(_ name: String, _ trigger: String, _ status: String) async throws {
    guard let run = open.removeValue(forKey: name) else { return }
    try await book.replayEnd(run.id, failure(status), metrics: status == "success" ? metrics(trigger) : [])
  }

  private mutating func failure(_ status: String) -> RunFailure? {
    switch status {
    case "success": return nil
    case "cancelled": return RunFailure(.cancelled, "cancelled by desk-operator")
    default:
      let failures = [
        RunFailure(.exitStatus, "the command ended with exit status 1", exitStatus: 1),
        RunFailure(.http, "the function answered 404"), RunFailure(.noResult, "the last line was no result"),
      ]
      return failures[Int(random.next() % UInt64(failures.count))]
    }
  }

  private mutating func metrics(_ trigger: String) -> [(name: String, value: Int)] {
    let name =
      switch trigger {
      case "contract.regenerate": "documentsGenerated"
      case "finance.export.backfill": "invoicesProcessed"
      default: "notificationsSent"
      }
    return [(name, 1 + Int(random.next() % 40))]
  }
}
