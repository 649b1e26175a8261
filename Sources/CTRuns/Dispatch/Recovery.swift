import CTStore

/// Takes up what a tower left that was killed, or stopped in the middle.
///
/// Every run that is under way has a lease with the name of the tower that does it. One tower at a time has the data
/// directory open, so a lease with another name is one of a tower that is no more. First whatever is left of the run's
/// processes is ended, so that it never runs twice at once; then it waits again, or fails, as its trigger says.
struct Recovery {
  let dispatcher: RunDispatcher

  private var book: RunBook { dispatcher.book }

  /// - Returns: the runs that wait, the oldest first.
  func recover() async throws(StoreError) -> [RunRecord] {
    for runId in try await book.leased() { try await release(runId) }
    var waiting: [RunRecord] = []
    for runId in try await book.queued() {
      guard let run = try await book.find(runId), run.status == .queued else { continue }
      if dispatcher.trigger(run.trigger) == nil { try await refuse(runId) } else { waiting.append(run) }
    }
    return waiting
  }

  private func release(_ runId: String) async throws(StoreError) {
    let ended = Orphans.end(runId: runId)
    if ended > 0 { dispatcher.settings.warn(runId, "\(ended) processes of an interrupted run were ended") }
    let folder = RunFolder(data: dispatcher.settings.data, runId: runId)
    guard let run = try await book.find(runId) else { return }
    if run.status == .running, !goesOn(run) {
      try await fail(run, folder)
    } else {
      let now = book.now()
      try await book.change(runId) { run in
        run.status == .running ? run.interrupt(at: now) : [.delete(run.leaseKey)]
      }
    }
    dispatcher.signals.changed(runId)
  }

  private func goesOn(_ run: RunRecord) -> Bool {
    guard dispatcher.trigger(run.trigger)?.interruption == .resume else { return false }
    return !run.isCancelRequested || dispatcher.isToBeCalledOff(run)
  }

  /// Ends a run that is not started again, and keeps what it had left until then.
  private func fail(_ run: RunRecord, _ folder: RunFolder) async throws(StoreError) {
    var failure =
      run.isCancelRequested
      ? RunFailure(.cancelled, "it was cancelled while it ran")
      : RunFailure(.interrupted, "the tower died while it ran; retry it when that does no harm")
    var limit = Int.max
    if case .command(let command)? = dispatcher.trigger(run.trigger)?.work { limit = command.artifactBytes }
    let files = try? await dispatcher.archive.collect(folder, runId: run.runId, limit: limit)
    if let log = try? RunLog(path: folder.log, now: book.now, redact: { $0 }, changed: {}) {
      log.write(.tower, "\(failure.status.rawValue): \(failure.message)")
    }
    let log = try? await dispatcher.archive.keepLog(folder, runId: run.runId)
    failure.lastLines = RunLog.lastLines(of: folder.log)
    let now = book.now()
    try await book.change(run.runId) { [failure] run in
      guard run.status == .running else { return nil }
      run.artifacts = files?.kept ?? []
      run.logs = (log ?? nil).map { [$0] } ?? []
      return run.finish(failure, at: now)
    }
    // What could not be kept stays where it is.
    if files != nil, log != nil { folder.remove() }
  }

  /// A run of a trigger that is not bound any more.
  private func refuse(_ runId: String) async throws(StoreError) {
    let now = book.now()
    try await book.change(runId) { run in
      guard run.status == .queued else { return nil }
      return run.finish(RunFailure(.notStarted, "the configuration binds nothing to \(run.trigger) any more"), at: now)
    }
    dispatcher.signals.changed(runId)
  }
}
