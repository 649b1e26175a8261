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
    let now = book.now()
    let folder = RunFolder(data: dispatcher.settings.data, runId: runId)
    let logs = try? await dispatcher.archive.keepLog(folder, runId: runId)
    let change = try await book.change(runId) { run in
      guard run.status == .running else { return [.delete(run.leaseKey)] }
      let resumes = dispatcher.trigger(run.trigger)?.interruption == .resume
      if resumes, !run.isCancelRequested { return run.interrupt(at: now) }
      var failure =
        run.isCancelRequested
        ? RunFailure(.cancelled, "it was cancelled while it ran")
        : RunFailure(.interrupted, "the tower died while it ran; retry it when that does no harm")
      failure.lastLines = RunLog.lastLines(of: folder.log)
      if let log = logs ?? nil { run.logs = [log] }
      return run.finish(failure, at: now)
    }
    if change?.run.status.isFinal == true { folder.remove() }
    dispatcher.signals.changed(runId)
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
