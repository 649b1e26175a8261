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
    guard let run = try DocumentMembers(parsing: job.payload).optionalText("run") else {
      throw JobFailure(.final, "the dead letter does not say which run of \(name) it is of")
    }
    guard try await scheduler.runAgain(name, key: run) else { throw Busy(name: name) }
  }

  private struct Busy: Error, CustomStringConvertible {
    let name: String
    var description: String { "\(name) is being done at this moment" }
  }
}
