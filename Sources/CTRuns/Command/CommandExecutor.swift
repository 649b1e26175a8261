import CTHTTP

/// Runs a command: the order as JSON on its standard input, its output into the log, its result from the last line of its
/// standard output.
struct CommandExecutor: RunExecutor {
  let definition: CommandDefinition
  /// Where the command may leave files, made and emptied for it.
  let artifacts: String

  func execute(_ order: RunOrder, _ reporter: RunReporter, _ control: RunControl) async -> RunOutcome {
    // A thread of its own: it is the parent that the child's life is bound to, and waiting blocks it.
    await withCheckedContinuation { continuation in
      do throws(SystemError) {
        try Thread.start(name: "run") {
          continuation.resume(returning: run(order, reporter, control))
        }
      } catch {
        continuation.resume(returning: .failure(RunFailure(.notStarted, "no thread for the command: \(error)")))
      }
    }
  }

  private func run(_ order: RunOrder, _ reporter: RunReporter, _ control: RunControl) -> RunOutcome {
    if let stop = control.stop { return stop.outcome }
    var environment = definition.environment
    environment["CT_RUN_ID"] = order.runId
    environment["CT_TRIGGER"] = order.trigger
    environment["CT_ATTEMPT"] = String(order.attempt)
    environment["CT_ARTIFACTS"] = artifacts
    do throws(StartError) {
      let child = try ChildProcess(
        definition, environment: environment, ownedFolder: artifacts, mark: Orphans.mark(of: order.runId))
      let watch = CommandWatch(
        child: child, definition: definition, input: order.json(), deadline: order.deadline, reporter: reporter,
        control: control)
      let outcome = watch.run()
      // What has left the process group is still known by what it has inherited.
      Orphans.end(runId: order.runId)
      return outcome
    } catch {
      return .failure(RunFailure(.notStarted, error.description))
    }
  }
}

/// Why a command could not be started.
struct StartError: Error, CustomStringConvertible {
  let description: String
}
