package import CTGenerated
internal import CTHTTP
internal import CTJSON
internal import CTRuns
internal import CTRuntime

/// The triggers of the allow-list. Each has a method of its own, which the specification's inputs come to.
extension Tower {
  package func regenerateContract(_ input: RegenerateContract.Input) async throws -> RegenerateContract.Output {
    .accepted(try await start("contract.regenerate", input.body.json(), input.idempotencyKey, input.caller))
  }

  package func backfillFinanceExport(_ input: BackfillFinanceExport.Input) async throws -> BackfillFinanceExport.Output
  {
    // ISO 8601 dates sort as their texts do.
    if input.body.to < input.body.from {
      throw ProblemDetails(
        .unprocessableContent, "The last day is before the first.",
        violations: [.init(pointer: "/to", keyword: "minimum", detail: "must not be before 'from'")])
    }
    return .accepted(try await start("finance.export.backfill", input.body.json(), input.idempotencyKey, input.caller))
  }

  package func retryPortalNotifications(
    _ input: RetryPortalNotifications.Input
  ) async throws -> RetryPortalNotifications.Output {
    .accepted(try await start("portal.notify.retry", input.body.json(), input.idempotencyKey, input.caller))
  }

  /// Every other name.
  package func startTrigger(_ input: StartTrigger.Input) async throws -> StartTrigger.Output {
    throw notFound(input.name, input.caller)
  }

  private func start(
    _ trigger: String, _ inputs: [UInt8], _ key: String?, _ caller: Principal
  ) async throws -> RunQueuedResponse {
    do {
      return RunQueuedResponse(
        runId: try await runs.start(trigger, inputs: inputs, initiator: caller.name, key: key))
    } catch RunService.Refusal.unknownTrigger {
      throw notFound(trigger, caller)
    }
  }

  private func notFound(_ name: String, _ caller: Principal) -> ProblemDetails {
    let names = TriggerCatalog.shared.entries.filter {
      $0.roles.contains(caller.role) && runs.trigger($0.name) != nil
    }.map(\.name)
    let choice = names.isEmpty ? "nothing here" : names.joined(separator: ", ")
    let reason =
      switch (TriggerCatalog.shared[name], runs.trigger(name)) {
      case (nil, _): "There is no trigger of this name"
      case (_, nil): "This deployment's configuration binds nothing to this trigger"
      // The name of a path of its own comes here only when it is written another way.
      default: "A trigger's name is written without percent-encoding"
      }
    return ProblemDetails(.notFound, "\(reason). You may start: \(choice).")
  }

  package func listTriggers(_ input: ListTriggers.Input) async throws -> ListTriggers.Output {
    let role = input.caller.role
    var triggers: [TriggerDescription] = []
    for entry in TriggerCatalog.shared.entries {
      guard let definition = runs.trigger(entry.name) else { continue }
      let counts = runs.dispatcher.counts(entry.name)
      let last = try await runs.lastRuns(of: entry.name)
      triggers.append(
        TriggerDescription(
          name: entry.name, description: entry.description, inputs: RawJSON(checked: entry.inputs),
          mayStart: entry.roles.contains(role), slaSeconds: Int(definition.sla.components.seconds),
          timeoutSeconds: Int(definition.timeout.components.seconds), concurrency: definition.concurrency,
          queueLimit: definition.queueLimit, queued: counts.queued, running: counts.running,
          lastRuns: last.map { RunSummary($0) }))
    }
    return .ok(.init(body: triggers))
  }
}

extension RunQueuedResponse {
  init(runId: String) { self.init(location: "/runs/\(runId)", body: RunReceipt(runId: runId)) }
}

extension RunSummary {
  init(_ run: RunRecord) {
    self.init(
      runId: run.runId, status: .init(run.status), createdAt: run.createdAt, endedAt: run.endedAt)
  }
}
