/// Where a run stands. The raw values are those of the run's schema.
package enum RunStatus: String, Sendable, CaseIterable {
  case queued
  case running
  case success
  case failed
  case cancelled
  case timedOut = "timed_out"

  /// Whether it stays as it is.
  package var isFinal: Bool {
    switch self {
    case .queued, .running: false
    case .success, .failed, .cancelled, .timedOut: true
    }
  }
}
