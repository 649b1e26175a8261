import CTHTTP
import CTJSON
import CTStore

/// One run, from its start to its end.
extension RunDispatcher {
  /// After so many starts a run is not started again: it may be what kills the tower.
  private static let attemptLimit = 10
  private static let storePause = Duration.seconds(1)

  func supervise(_ runId: String, _ name: String, _ control: RunControl) async {
    defer { signals.changed(runId) }
    guard let trigger = trigger(name),
      let run =
        await untilStored(runId, { () async throws(StoreError) in try await self.claim(runId) }) ?? nil
    else {
      return
    }
    if run.isCancelRequested { control.end(.cancel) }
    signals.changed(runId)
    let folder = RunFolder(data: settings.data, runId: runId)
    let outcome: RunOutcome
    var log: RunLog?
    do {
      try folder.make(isPassable: trigger.changesUser)
      let opened = try RunLog(
        path: folder.log, now: book.now, redact: settings.redactLine, changed: { [signals] in signals.changed(runId) })
      log = opened
      control.log = opened
      opened.write(.tower, "started, attempt \(run.attempt)")
      outcome = await execute(run, trigger, folder, opened, control)
    } catch {
      outcome = .failure(RunFailure(.notStarted, String(describing: error)))
    }
    await conclude(run, trigger, folder, log, outcome)
  }

  /// Takes a run out of the queue; `nil` when it does not wait any more.
  private func claim(_ runId: String) async throws(StoreError) -> RunRecord? {
    let now = book.now()
    let change = try await book.change(runId) { run in
      guard run.status == .queued else { return nil }
      if run.isCancelRequested, !isToBeCalledOff(run) {
        return run.finish(RunFailure(.cancelled, "it was cancelled while it ran"), at: now)
      }
      if run.attempt >= Self.attemptLimit {
        return run.finish(RunFailure(.interrupted, "it was started \(run.attempt) times and never finished"), at: now)
      }
      return run.start(holder: settings.holder, at: now)
    }
    guard let change, change.isChanged, change.run.status == .running else { return nil }
    return change.run
  }

  /// Whether a function has been called for a run that waits again, and has to be told when the run is cancelled.
  func isToBeCalledOff(_ run: RunRecord) -> Bool {
    guard run.attempt > 0, case .http? = trigger(run.trigger)?.work else { return false }
    return true
  }

  // MARK: The work

  private func execute(
    _ run: RunRecord, _ trigger: TriggerDefinition, _ folder: RunFolder, _ log: RunLog, _ control: RunControl
  ) async -> RunOutcome {
    guard let inputs = inputs(of: run) else {
      return .failure(RunFailure(.notStarted, "its inputs cannot be decrypted: the key file is another one"))
    }
    let order = RunOrder(
      runId: run.runId, trigger: run.trigger, initiator: run.initiator, attempt: run.attempt, inputs: inputs,
      checkpoint: run.checkpoint, deadline: .now + trigger.timeout)
    let executor: any RunExecutor =
      switch trigger.work {
      case .command(let command): CommandExecutor(definition: command, artifacts: folder.artifacts)
      case .http(let http): HTTPExecutor(definition: http, client: client)
      }
    // Progress is written as fast as the store takes it; what is overtaken meanwhile is left out.
    let (steps, reported) = AsyncStream.makeStream(
      of: (progress: RunProgress, checkpoint: [UInt8]?).self, bufferingPolicy: .bufferingNewest(1))
    async let keeping: Void = keep(steps, of: run.runId)
    let checkpoints = LatestCheckpoint()
    let outcome = await executor.execute(
      order, RunReporter(log: log) { reported.yield(($0, checkpoints.latest($1))) }, control)
    reported.finish()
    await keeping
    return outcome
  }

  private func inputs(of run: RunRecord) -> [UInt8]? {
    guard let sealed = run.sealedInputs else { return run.inputs }
    return RunSeal(key: settings.inputsKey).open(sealed, runId: run.runId)
  }

  private func keep(
    _ steps: AsyncStream<(progress: RunProgress, checkpoint: [UInt8]?)>, of runId: String
  ) async {
    for await step in steps {
      let now = book.now()
      // What cannot be written now is overtaken by the next step, or is lost: then a step is done twice, which it may be.
      _ = try? await book.change(runId) { run in
        guard run.status == .running else { return nil }
        run.progress = step.progress
        run.checkpoint = step.checkpoint ?? run.checkpoint
        run.updatedAt = now
        return []
      }
      signals.changed(runId)
    }
  }

  // MARK: The end

  private func conclude(
    _ run: RunRecord, _ trigger: TriggerDefinition, _ folder: RunFolder, _ log: RunLog?, _ outcome: RunOutcome
  ) async {
    if case .interrupted = outcome, trigger.interruption == .resume {
      log?.write(.tower, "interrupted: the tower stops; it goes on when the tower is there again")
      await interrupt(run.runId)
      return
    }
    var (failure, metrics) = Self.parts(of: outcome)
    var limit = Int.max
    if case .command(let command) = trigger.work { limit = command.artifactBytes }
    let files = await kept(run.runId, "its files") { [archive] in
      try await archive.collect(folder, runId: run.runId, limit: limit)
    }
    for reason in files?.leftOut ?? [] { log?.write(.tower, "left out: \(reason)") }
    if files == nil { log?.write(.tower, "its files could not be kept; they stay in the tower's data folder") }
    if files?.isTooMuch == true, failure == nil {
      failure = RunFailure(.outputLimit, "the files that it left have more than \(limit) bytes together")
    }
    // It may be in the executor's own words.
    if let said = failure?.message { failure?.message = RunFailure.bounded(settings.redactLine(said)) }
    log?.write(.tower, failure.map { "\($0.status.rawValue): \($0.message)" } ?? RunStatus.success.rawValue)
    failure?.lastLines = log?.lastLines ?? []
    let logged = await kept(run.runId, "its log") { [archive] in try await archive.keepLog(folder, runId: run.runId) }
    await finish(run.runId, failure, metrics, files?.kept ?? [], (logged ?? nil).map { [$0] } ?? [])
    if files != nil, logged != nil { folder.remove() }
  }

  private static func parts(of outcome: RunOutcome) -> (RunFailure?, RunMetrics) {
    switch outcome {
    case .success(let metrics): (nil, metrics)
    case .failure(let failure, let metrics): (failure, metrics)
    case .interrupted: (RunFailure(.interrupted, "the tower stopped while it ran"), RunMetrics())
    }
  }

  private func finish(
    _ runId: String, _ failure: RunFailure?, _ metrics: RunMetrics, _ files: [RunArtifact], _ logs: [RunArtifact]
  ) async {
    _ = await untilStored(runId) { () async throws(StoreError) in
      let now = self.book.now()
      return try await self.book.change(runId) { run in
        guard run.status == .running else { return nil }
        run.metrics = metrics
        run.artifacts = files
        run.logs = logs
        return run.finish(failure, at: now)
      }
    }
  }

  private func interrupt(_ runId: String) async {
    _ = await untilStored(runId) { () async throws(StoreError) in
      let now = self.book.now()
      return try await self.book.change(runId) { run in run.status == .running ? run.interrupt(at: now) : nil }
    }
  }

  /// Tries again until the store takes it: an end that is not noted would leave the run running for ever. `nil` when the
  /// store has been closed, or the run's document is damaged: the next start finds it.
  private func untilStored<Value>(
    _ runId: String, _ body: () async throws(StoreError) -> Value
  ) async -> Value? {
    while true {
      do throws(StoreError) {
        return try await body()
      } catch {
        settings.warn(runId, "a step of the run cannot be noted: \(error.message)")
        guard error.isTransient, error.code != .closed, !Task.isCancelled else { return nil }
        try? await Task.sleep(for: Self.storePause)
      }
    }
  }

  private static let keepLimit = 5

  /// Tries a few times to put something into the artifact store; `nil` when that did not work, which is said aloud.
  private func kept<Value: Sendable>(
    _ runId: String, _ what: String, _ body: () async throws -> Value
  ) async -> Value? {
    for attempt in 1...Self.keepLimit {
      do {
        return try await body()
      } catch {
        settings.warn(runId, "\(what) cannot be kept (attempt \(attempt)): \(error)")
        if attempt < Self.keepLimit { try? await Task.sleep(for: Self.storePause * attempt) }
      }
    }
    return nil
  }
}
