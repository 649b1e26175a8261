package import CTSchedule
package import CTStore

/// Does a timed job again whose dead letter somebody has replayed.
package struct ScheduledRunHandler: JobHandler {
  package let kind: String
  private let name: String
  private let scheduler: Scheduler

  package init(_ name: String, scheduler: Scheduler) {
    kind = Scheduler.deadLetterKind(name)
    self.name = name
    self.scheduler = scheduler
  }

  package func run(_ job: Job) async throws {
    guard try await scheduler.runNow(name) else { throw Busy(name: name) }
  }

  private struct Busy: Error, CustomStringConvertible {
    let name: String
    var description: String { "\(name) is being done at this moment" }
  }
}
