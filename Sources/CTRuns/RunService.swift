package import CTArtifacts
package import CTJSON
package import CTStore
import Synchronization

/// Triggers and runs, for whoever asks: the HTTP operations, and schedules.
package final class RunService: Sendable {
  package let book: RunBook
  package let settings: RunSettings
  package let dispatcher: RunDispatcher
  let archive: RunArchive
  let signals = RunSignals()
  private let recent = RecentRuns()
  private let random = Mutex(SplitMix64(seed: .random(in: .min ... .max)))

  package init(
    store: any Store, artifacts: any ArtifactStore, settings: RunSettings, now: @escaping @Sendable () -> Timestamp
  ) {
    book = RunBook(store: store, now: now)
    archive = RunArchive(artifacts: artifacts, now: now)
    self.settings = settings
    dispatcher = RunDispatcher(book: book, archive: archive, settings: settings, signals: signals)
  }

  /// What a trigger is bound to; `nil` when nothing is.
  package func trigger(_ name: String) -> TriggerDefinition? { dispatcher.trigger(name) }

  /// The last runs of a trigger, newest first; a few.
  package func lastRuns(of trigger: String) async throws(StoreError) -> [RunRecord] {
    try await recent.runs(of: trigger, in: book)
  }

  // MARK: Starting

  /// Why something is not done; for the caller.
  package enum Refusal: Error, Hashable {
    case unknownTrigger
    case queueFull
    /// The idempotency key was used for another request.
    case keyReused
    case unknownRun
    /// The run stands where this cannot be done.
    case wrongStatus(RunStatus)
    /// The run is about to be taken up again; the same request will do in a moment.
    case notThereYet
    /// The binding names another source for reports.
    case wrongSource(expected: String)
  }

  /// Records a run and queues it.
  /// - Parameters:
  ///   - inputs: a JSON object that fits the trigger's schema.
  ///   - key: the caller's own name for the request: the same again is answered with the same run.
  /// - Returns: the run's id.
  package func start(_ trigger: String, inputs: [UInt8], initiator: String, key: String? = nil) async throws -> String {
    guard self.trigger(trigger) != nil else { throw Refusal.unknownTrigger }
    var run = new(trigger, initiator)
    run.inputs = settings.redactInputs(inputs)
    if run.inputs != inputs { run.sealedInputs = RunSeal(key: settings.inputsKey).seal(inputs, runId: run.runId) }
    let key = key.map { RunBook.RequestKey($0, initiator: initiator, trigger: trigger, inputs: inputs) }
    // A repeat is answered even when the queue is full.
    if let key, let known = try await book.creation(under: key) { return try runId(known, or: run) }
    return try await create(run, key)
  }

  private func new(_ trigger: String, _ initiator: String) -> RunRecord {
    let now = book.now()
    let runId = random.withLock { TimedID.make("run", at: now, &$0) }
    return RunRecord(runId: runId, trigger: trigger, initiator: initiator, inputs: [], createdAt: now)
  }

  private func create(_ run: RunRecord, _ key: RunBook.RequestKey?, with writes: [Write] = []) async throws -> String {
    guard dispatcher.promise(run.trigger) else { throw Refusal.queueFull }
    let creation: RunBook.Creation
    do throws(StoreError) {
      creation = try await book.create(run, key: key, with: writes)
    } catch {
      dispatcher.redeem(run.trigger, with: nil)
      throw error
    }
    if creation == .created { recent.note(run.runId, run.trigger) }
    dispatcher.redeem(run.trigger, with: creation == .created ? run.runId : nil)
    return try runId(creation, or: run)
  }

  private func runId(_ creation: RunBook.Creation, or run: RunRecord) throws(Refusal) -> String {
    switch creation {
    case .created: return run.runId
    case .known(let runId): return runId
    case .keyReused: throw .keyReused
    }
  }

  // MARK: Deciding

  /// Cancels a run that waits; tells one that is under way to end.
  package func cancel(_ runId: String) async throws -> RunRecord {
    let now = book.now()
    let change = try await book.change(runId) { run in
      if run.status.isFinal || run.isCancelRequested { return nil }
      run.isCancelRequested = true
      run.updatedAt = now
      guard run.status == .queued, !dispatcher.isToBeCalledOff(run) else { return [] }
      return run.finish(RunFailure(.cancelled, "it was cancelled while it waited"), at: now)
    }
    guard let run = change?.run else { throw Refusal.unknownRun }
    guard !run.status.isFinal || run.status == .cancelled else { throw Refusal.wrongStatus(run.status) }
    if run.status == .cancelled { dispatcher.remove(runId, run.trigger) }
    dispatcher.control(of: runId)?.end(.cancel)
    signals.changed(runId)
    return run
  }

  /// Queues a new run with the inputs and the checkpoint of one that did not succeed, once.
  /// - Returns: the new run's id.
  package func retry(_ runId: String, initiator: String) async throws -> String {
    while true {
      guard let (old, version) = try await book.read(runId) else { throw Refusal.unknownRun }
      if let known = old.retriedBy { return known }
      guard old.status.isFinal, old.status != .success else { throw Refusal.wrongStatus(old.status) }
      guard trigger(old.trigger) != nil else { throw Refusal.unknownTrigger }
      var run = new(old.trigger, initiator)
      run.inputs = old.inputs
      run.checkpoint = old.checkpoint
      run.retryOf = runId
      if let sealed = old.sealedInputs {
        let seal = RunSeal(key: settings.inputsKey)
        guard let inputs = seal.open(sealed, runId: runId) else { throw Refusal.wrongStatus(old.status) }
        run.sealedInputs = seal.seal(inputs, runId: run.runId)
      }
      var retried = old
      retried.retriedBy = run.runId
      do {
        return try await create(run, nil, with: [.put(old.key, body: retried.json, if: .version(version))])
      } catch let error as StoreError where error.code == .preconditionFailed {
        // Somebody else has retried it in the meantime.
      }
    }
  }
}
