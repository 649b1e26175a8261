package import CTGenerated
internal import CTHTTP
internal import CTJSON
internal import CTRuntime
internal import CTSchedule
internal import CTStore

extension Tower {
  package func listJobs(_ input: ListJobs.Input) async throws -> ListJobs.Output {
    let status = try await requireArchive().scheduler.status()
    return .ok(.init(body: status.map { CTGenerated.TimedJob($0) }))
  }

  package func getRetention(_ input: GetRetention.Input) async throws -> GetRetention.Output {
    .ok(.init(body: try await requireArchive().retention.plan()))
  }

  /// Nothing is handed out that is not written down first.
  package func getOriginal(_ input: GetOriginal.Input) async throws -> GetOriginal.Output {
    guard let vault = try requireArchive().originals else {
      throw ProblemDetails(.notFound, "This tower keeps no originals.")
    }
    let id = redactor.recordedIdentifier(input.eventId)
    guard let event = try await store.event(id: id), let body = try await vault.open(event.record) else {
      throw ProblemDetails(.notFound, "There is no original of an event with this id.")
    }
    let audit = TowerEvent.make(
      .originalRead, id: "original_read", at: clock.now(),
      [("originalEventId", id), ("token", input.caller.name)])
    _ = try await store.append(audit)
    return .ok(.init(body: ResponseStream(body)))
  }
}

extension CTGenerated.TimedJob {
  init(_ status: JobStatus) {
    self.init(
      name: status.name, schedule: status.schedule.words, running: status.isRunning, failures: status.failures,
      lastRun: status.lastRun.map { run in
        JobRun(
          key: run.key, startedAt: run.startedAt, endedAt: run.endedAt,
          outcome: run.outcome == .succeeded ? .succeeded : .failed, detail: run.detail)
      }, lastSuccessAt: status.lastSuccessAt, nextAt: status.nextAt)
  }
}
