package import CTArtifacts
internal import CTHTTP
package import CTRuntime
package import CTSchedule
internal import CTStore

/// What a tower keeps outside of its log, and what it does by itself.
package final class Archive: Sendable {
  package let artifacts: any ArtifactStore
  package let links: ArtifactLinks
  /// How long a link is good for, in microseconds.
  package let linkLife: Int64
  package let scheduler: Scheduler
  package let retention: RetentionDesk
  /// `nil` where bodies are not kept as they came.
  package let originals: OriginalVault?

  package init(
    artifacts: any ArtifactStore, links: ArtifactLinks, linkMinutes: Int, scheduler: Scheduler,
    retention: RetentionDesk, originals: OriginalVault?
  ) {
    self.artifacts = artifacts
    self.links = links
    linkLife = Int64(linkMinutes) * 60_000_000
    self.scheduler = scheduler
    self.retention = retention
    self.originals = originals
  }
}

extension Tower {
  /// What is there in every tower that serves.
  func requireArchive() throws(ProblemDetails) -> Archive {
    guard let archive else {
      throw ProblemDetails(.serviceUnavailable, "This tower was started without an archive.", retryAfter: 3600)
    }
    return archive
  }
}

extension ArtifactError: ProblemConvertible {
  package var problem: ProblemDetails {
    switch code {
    case .notFound: ProblemDetails(.notFound, "There is no such artifact, or not any more.")
    case _ where isTransient:
      ProblemDetails(.serviceUnavailable, "Artifacts cannot be read or written at the moment.", retryAfter: 30)
    default: ProblemDetails(.internalServerError, "The artifacts failed; the tower's log has the reason.")
    }
  }
}
