internal import CTHTTP
internal import CTJSON
internal import CTSpec

/// Section 7.3 of the seed.
enum SmokeTrigger {
  private static let note = "smoke run"

  static let execute = Check(
    "smoke-execute-trigger", .smoke, title: "7.3 Execute a trigger (allow-listed)",
    expects: "202 Accepted with a runId", clause: .response("POST", "/triggers/{name}", 202),
    needs: .init(tokens: ["operator"], writes: true)
  ) { context async throws(CannotRun) in
    let operation = context.spec.operation("POST", "/triggers/{name}")
    guard let observation = try await context.send(probe, to: operation) else { return }
    context.saw(observation.summary)
    guard observation.status == 202, let id = observation.json?["runId"]?.string, !id.isEmpty else {
      context.find(
        "an allow-listed trigger does not start a run", expected: context.check.expectation, seen: observation.summary,
        by: [probe])
      return
    }
    context.session[note: note] = id
  }

  static let readRun = Check(
    "smoke-read-run", .smoke, title: "7.3 Then read the run", expects: "status, metrics, links to logs and events",
    clause: .response("GET", "/runs/{runId}", 200),
    needs: .init(tokens: ["operator", "maintainer"], writes: true, passed: ["smoke-execute-trigger"])
  ) { context async throws(CannotRun) in
    guard let id = context.session[note: note] else { return context.skip(.prerequisite("smoke-execute-trigger")) }
    let operation = context.spec.operation("GET", "/runs/{runId}")
    let read = Probe("GET", "/runs/\(PercentEncoding.encode(id.utf8))", label: "read", token: .known("maintainer"))
    let start = ContinuousClock.now
    while true {
      guard let observation = try await context.send(read, to: operation) else { return }
      context.saw(observation.summary)
      guard observation.status == 200 else {
        context.find(
          "a run that was started cannot be read", expected: "200 OK", seen: observation.summary, by: [probe, read])
        return
      }
      let status = observation.json?["status"]?.string
      let isOver = status.map { !["queued", "running"].contains($0) } ?? true
      if isOver { return judge(observation, context, [probe, read]) }
      guard ContinuousClock.now - start < context.session.settings.patience else {
        return judge(observation, context, [probe, read])
      }
      try? await Task.sleep(for: .milliseconds(50))
    }
  }

  private static func judge(_ observation: Observation, _ context: CheckContext, _ probes: [Probe]) {
    for member in ["status", "metrics", "links"] where observation.json?[member] == nil {
      context.find(
        "a run has no \(member)", expected: context.check.expectation, seen: observation.summary, by: probes)
    }
  }

  /// As the seed types it.
  private static let probe = Probe(
    "POST", "/triggers/contract.regenerate", label: "start", token: .known("operator"),
    fields: [("Content-Type", "application/json")], body: Array(#"{"contractId":"K456"}"#.utf8))
}
