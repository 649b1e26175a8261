internal import CTArtifacts
internal import CTGenerated
internal import CTHTTP
internal import CTJSON
package import CTRuns
package import CTRuntime

extension CTGenerated.Run {
  /// The run as the specification shows it, without its events.
  /// - Parameter link: makes the links to what it has left.
  init(_ run: RunRecord, link: (ArtifactName) -> DownloadLink? = { _ in nil }) {
    self.init(
      runId: run.runId, trigger: run.trigger, initiator: run.initiator, inputs: RawJSON(checked: run.inputs),
      status: .init(run.status), attempt: run.attempt, cancelRequested: run.isCancelRequested ? true : nil,
      overdue: run.isOverdue ? true : nil,
      progress: run.progress.map { CTGenerated.RunProgress(done: $0.done, total: $0.total) },
      metrics: RawJSON(checked: JSONWriter.write(run.metrics.json)),
      failure: run.failure.map { CTGenerated.RunFailure($0) }, logs: run.logs.map { CTGenerated.RunArtifact($0, link) },
      artifacts: run.artifacts.map { CTGenerated.RunArtifact($0, link) }, retryOf: run.retryOf,
      retriedBy: run.retriedBy,
      createdAt: run.createdAt, startedAt: run.startedAt, updatedAt: run.updatedAt, endedAt: run.endedAt,
      links: RunLinks(
        run: "/runs/\(run.runId)", logs: "/runs/\(run.runId)/logs", events: "/events?correlationId=\(run.runId)"))
  }
}

extension CTGenerated.RunStatus {
  init(_ status: CTRuns.RunStatus) {
    switch status {
    case .queued: self = .queued
    case .running: self = .running
    case .success: self = .success
    case .failed: self = .failed
    case .cancelled: self = .cancelled
    case .timedOut: self = .timedOut
    }
  }
}

extension CTGenerated.RunFailure {
  init(_ failure: CTRuns.RunFailure) {
    // A code that the specification has no longer is a failure all the same.
    self.init(
      code: RunFailureCode(rawValue: failure.code.rawValue) ?? .reported, message: failure.message,
      exitStatus: failure.exitStatus, lastLines: failure.lastLines)
  }
}

extension CTGenerated.RunArtifact {
  init(_ artifact: CTRuns.RunArtifact, _ link: (ArtifactName) -> DownloadLink?) {
    self.init(
      name: artifact.name, ref: artifact.reference, bytes: Int(artifact.bytes), sha256: artifact.sha256,
      download: artifact.storedName.flatMap(link).map { .init(href: $0.href, expiresAt: $0.expiresAt) })
  }
}

extension RunService.Refusal: ProblemConvertible {
  package var problem: ProblemDetails {
    switch self {
    case .unknownTrigger: ProblemDetails(.notFound, "This deployment's configuration binds nothing to this trigger.")
    case .unknownRun: ProblemDetails(.notFound, "There is no run with this id.")
    case .queueFull:
      ProblemDetails(.tooManyRequests, "As many runs of this trigger wait as may. Try again later.", retryAfter: 10)
    case .keyReused:
      ProblemDetails(
        .unprocessableContent, "The Idempotency-Key was used for another request; nothing was started.",
        violations: [
          .init(
            pointer: "/header/Idempotency-Key", keyword: "idempotency",
            detail: "must be new, or come with the trigger and the inputs that it came with first")
        ])
    case .wrongStatus(let status):
      ProblemDetails(.conflict, "The run is \(status.rawValue); this cannot be done with it now.")
    case .notThereYet:
      ProblemDetails(.serviceUnavailable, "The run is about to be taken up. Send the same again.", retryAfter: 2)
    case .wrongSource(let expected):
      ProblemDetails(.forbidden, "Reports on this run come from '\(expected)'.")
    }
  }
}
