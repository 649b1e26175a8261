internal import CTJSON

extension RunService {
  /// A function's report on a run.
  package enum Report: Sendable {
    case progress(RunProgress?, checkpoint: [UInt8]?)
    case end(RunControl.Report)
  }

  /// Takes a function's report; an end is on disk when this returns.
  /// - Parameter source: the source of the producer that reports; `nil` for one that may report on any.
  package func report(_ report: Report, on runId: String, from source: String?) async throws {
    guard let run = try await book.find(runId) else { throw Refusal.unknownRun }
    guard case .http(let definition)? = trigger(run.trigger)?.work, definition.completion == .callback else {
      throw Refusal.wrongStatus(run.status)
    }
    guard source == nil || source == definition.callbackSource else {
      throw Refusal.wrongSource(expected: definition.callbackSource)
    }
    switch report {
    case .progress(let progress, let checkpoint): try await note(progress, checkpoint, on: run)
    case .end(let end): try await deliver(end, to: run)
    }
  }

  private func note(_ progress: RunProgress?, _ checkpoint: [UInt8]?, on run: RunRecord) async throws {
    if run.status.isFinal { throw Refusal.wrongStatus(run.status) }
    guard let control = dispatcher.control(of: run.runId) else { throw Refusal.notThereYet }
    let now = book.now()
    try await book.change(run.runId) { run in
      guard run.status == .running else { return nil }
      run.progress = progress ?? run.progress
      run.checkpoint = checkpoint ?? run.checkpoint
      run.updatedAt = now
      return []
    }
    if let progress, progress != run.progress { control.log?.write(progress) }
    signals.changed(run.runId)
  }

  private func deliver(_ end: RunControl.Report, to run: RunRecord) async throws {
    let expected: RunStatus = if case .success = end { .success } else { .failed }
    try await signals.following(run.runId) {
      var isDelivered = false
      while true {
        let version = signals.version(of: run.runId)
        guard let now = try await book.find(run.runId) else { throw Refusal.unknownRun }
        if now.status == expected { return }
        if now.status.isFinal { throw Refusal.wrongStatus(now.status) }
        if let control = dispatcher.control(of: run.runId) {
          if !isDelivered { control.deliver(end) }
          isDelivered = true
        } else if !isDelivered || now.status == .queued {
          // The tower has just been started, and has not taken the run up again yet.
          throw Refusal.notThereYet
        }
        await signals.change(of: run.runId, after: version)
        try Task.checkCancellation()
      }
    }
  }
}
