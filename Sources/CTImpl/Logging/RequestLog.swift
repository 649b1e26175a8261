internal import CTGenerated
internal import CTHTTP
internal import CTJSON
package import CTRuntime
internal import Synchronization

/// Logs every request that did not succeed, and of those that did as many as somebody can read.
package final class RequestLog: RequestObserver {
  private let log: Log
  private let clock: TowerClock
  private let counts: RequestCounts?
  private let window = Mutex(Window())

  /// Successful requests logged in one second; the others of that second are counted.
  private static let perSecond = 50

  private struct Window {
    var second: Int64 = 0
    var logged = 0
    var skipped = 0
  }

  package init(log: Log, clock: TowerClock, counts: RequestCounts? = nil) {
    self.log = log
    self.clock = clock
    self.counts = counts
  }

  package func didRespond(_ summary: RequestSummary) {
    counts?.note(operation: summary.operation, status: summary.status.code)
    let (isLogged, skipped) = admit(isSuccess: summary.status.code < 400)
    if skipped > 0 { log.write(.info, "more requests succeeded than are logged", [("requests", .int(skipped))]) }
    guard isLogged else { return }
    var fields: [(StaticString, LogValue)] = [
      ("requestId", .string(summary.requestID.description)), ("status", .int(summary.status.code)),
    ]
    if let head = summary.head {
      fields.append(("method", .string(head.method.name)))
      // The path of an unknown route may hold anything: only that of a known operation is told, by its name.
      if summary.operation == nil { fields.append(("pathBytes", .int(head.path.count))) }
    }
    if let operation = summary.operation { fields.append(("operation", .string(operation))) }
    if let caller = summary.caller { fields.append(("caller", .string(caller.name))) }
    log.write(summary.status.code >= 500 ? .error : .info, "request", fields)
  }

  package func didFail(operation: String, requestID: RequestID, _ error: any Error) {
    log.write(
      .error, "an operation failed",
      [
        ("requestId", .string(requestID.description)), ("operation", .string(operation)),
        ("error", .string(String(describing: error))),
      ])
  }

  private func admit(isSuccess: Bool) -> (isLogged: Bool, skipped: Int) {
    guard isSuccess else { return (true, 0) }
    let second = clock.now().microseconds / 1_000_000
    return window.withLock { window in
      var skipped = 0
      if window.second != second {
        skipped = window.skipped
        window = Window(second: second)
      }
      guard window.logged < Self.perSecond else {
        window.skipped += 1
        return (false, skipped)
      }
      window.logged += 1
      return (true, skipped)
    }
  }
}
