import CTHTTP
import CTJSON

/// Why a function need not go on.
enum CallOff: String, Sendable {
  case cancelled
  case timedOut = "timed_out"

  /// - Parameter addition: what became of telling the function; empty where there is nothing to say.
  func outcome(_ addition: String, _ metrics: RunMetrics = RunMetrics()) -> RunOutcome {
    let failure =
      switch self {
      case .cancelled: RunFailure(.cancelled, "it was cancelled while it ran\(addition)")
      case .timedOut: RunFailure(.timeout, "the function did not finish in the time that it has\(addition)")
      }
    return .failure(failure, metrics)
  }
}

extension HTTPExecutor {
  /// How often it is tried to tell a function, and how long one try may take: who cancels is waiting.
  private static let tries = 3
  private static let patience = Duration.seconds(10)
  private static let longestPause = Duration.seconds(1)

  /// Tells the function that its work is not waited for any more: the same call, with a member `cancel` besides. To a
  /// function that does not know it, it is one more of the calls that are all the same.
  func callOff(_ order: RunOrder, _ reason: CallOff, _ log: RunLog) async -> RunOutcome {
    var fault = ""
    tries: for attempt in 1...Self.tries {
      if attempt > 1 { try? await Task.sleep(for: min(Self.longestPause, definition.pause)) }
      switch await tell(order, reason) {
      case .heard(let metrics):
        log.write(.tower, "the function was told that the run is \(reason.rawValue)")
        return reason.outcome("", metrics)
      case .refused(let answer):
        fault = answer
        break tries
      case .unheard(let why): fault = why
      }
    }
    log.write(.tower, "the function was not told that the run is \(reason.rawValue): \(fault)")
    return reason.outcome("; the function could not be told, and may work on: \(fault)")
  }

  private enum Hearing: Sendable {
    /// With what it had done until then, if it says so.
    case heard(RunMetrics)
    case refused(String)
    case unheard(String)
  }

  private func tell(_ order: RunOrder, _ reason: CallOff) async -> Hearing {
    await withTaskGroup(of: Hearing.self) { group in
      group.addTask { await ask(order, reason) }
      group.addTask {
        try? await Task.sleep(for: Self.patience)
        return .unheard("no answer in \(Self.patience.components.seconds) seconds")
      }
      defer { group.cancelAll() }
      return await group.next() ?? .unheard("")
    }
  }

  private func ask(_ order: RunOrder, _ reason: CallOff) async -> Hearing {
    do throws(HTTPClientError) {
      let response = try await send(order.json(cancelling: reason), of: order)
      return Self.hearing(response)
    } catch {
      return .unheard("\(error)")
    }
  }

  private static func hearing(_ response: HTTPClientResponse) -> Hearing {
    let code = response.status.code
    switch code {
    case 200...299: return .heard(RunMetrics((try? JSONValue(parsing: response.body))?["metrics"]) ?? RunMetrics())
    case _ where mayPass(code): return .unheard("it answered \(code)")
    default: return .refused("it answered \(code)")
    }
  }
}
