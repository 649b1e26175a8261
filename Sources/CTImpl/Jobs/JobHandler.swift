package import CTStore

/// Does the jobs of one kind.
///
/// A job may be done again after it was done: when the process died before that could be noted. ``Job/id`` is the same
/// then, also for the system that the handler calls.
package protocol JobHandler: Sendable {
  /// The jobs that it does, such as `schedule.backup`.
  var kind: String { get }
  /// Does the job; throws when it has to be tried again, or a ``JobFailure`` that says more. It sets its own deadline.
  func run(_ job: Job) async throws
}
