internal import CTJSON
package import CTStore

/// Runs that no executor did, for data that are made up: recorded in the steps of those that are done.
extension RunBook {
  /// Records a run that waits and is started at once, now.
  package func replayStart(_ run: RunRecord) async throws(StoreError) {
    _ = try await create(run, key: nil)
    try await change(run.runId) { run in run.start(holder: "replay", at: now()) }
  }

  package func replayOverdue(_ runId: String, sla: Duration) async throws(StoreError) {
    try await change(runId) { run in run.markOverdue(sla: sla, at: now()) }
  }

  /// - Parameters:
  ///   - failure: `nil` for a run that ends well.
  ///   - metrics: what its executor would have measured.
  package func replayEnd(
    _ runId: String, _ failure: RunFailure?, metrics: [(name: String, value: Int)]
  ) async throws(StoreError) {
    try await change(runId) { run in
      for metric in metrics { run.metrics.set(metric.name, metric.value) }
      return run.finish(failure, at: now())
    }
  }
}
