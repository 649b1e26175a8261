import CTCrypto
import CTHTTP
import CTJSON

/// Lets a function do the work: a signed call with the run's id as its idempotency key, so that any number of calls are
/// one. 200 is the result; 202 means that it works on, and that it is asked again or reports by itself.
struct HTTPExecutor: RunExecutor {
  let definition: HTTPDefinition
  private let client: HTTPClient
  private let key: HMACKey

  init(definition: HTTPDefinition, client: HTTPClient) {
    self.definition = definition
    self.client = client
    key = HMACKey(definition.secret)
  }

  /// The longest wait after calls that failed.
  private static let pauseLimit = Duration.seconds(60)

  func execute(_ order: RunOrder, _ reporter: RunReporter, _ control: RunControl) async -> RunOutcome {
    // What an earlier attempt has called may still be at work.
    var isCalled = order.attempt > 1
    var isAccepted = false
    var progress: RunProgress?
    var pause = definition.pause
    while true {
      if let report = control.report { return report.outcome }
      if let stop = control.stop {
        guard isCalled, case .cancel = stop else { return stop.outcome }
        return await callOff(order, .cancelled, reporter.log)
      }
      if .now >= order.deadline {
        if isCalled { return await callOff(order, .timedOut, reporter.log) }
        return CallOff.timedOut.outcome("")
      }
      if !isAccepted || definition.completion == .poll {
        isCalled = true
        switch await unlessNews(control, until: order.deadline, { await call(order) }) {
        case .done(let outcome): return outcome
        case .accepted(let message):
          if !isAccepted { reporter.log.write(.tower, "the function has taken the call") }
          if case .progress(let step, let checkpoint) = message {
            if step != progress { reporter.log.write(step) }
            progress = step
            reporter.progress(step, checkpoint)
          }
          isAccepted = true
          pause = definition.pause
        case .again(let reason):
          reporter.log.write(.tower, "the call failed and is sent again: \(reason)")
          pause = min(Self.pauseLimit, pause * 2)
        case nil: continue
        }
      }
      let isReported = isAccepted && definition.completion == .callback
      let end = isReported ? order.deadline : min(order.deadline, .now + pause)
      _ = await unlessNews(control, until: end) { try? await Task.sleep(until: end, clock: .continuous) }
    }
  }

  /// Runs `body` until there are news or it is too late: then it is cancelled, and `nil` is returned.
  private func unlessNews<Value: Sendable>(
    _ control: RunControl, until end: ContinuousClock.Instant, _ body: @escaping @Sendable () async -> Value
  ) async -> Value? {
    await withTaskGroup(of: Value?.self) { group in
      group.addTask { await body() }
      group.addTask {
        await control.news()
        return nil
      }
      group.addTask {
        try? await Task.sleep(until: end, clock: .continuous)
        return nil
      }
      defer { group.cancelAll() }
      return await group.next() ?? nil
    }
  }

  // MARK: One call

  private enum Answer: Sendable {
    case done(RunOutcome)
    case accepted(OutputMessage?)
    /// It may succeed later.
    case again(String)
  }

  private func call(_ order: RunOrder) async -> Answer {
    do throws(HTTPClientError) {
      return answer(try await send(order.json(), of: order))
    } catch {
      // What the deployment forbids it forbids the next time, too.
      if case .refused(let refusal) = error { return .done(.failure(RunFailure(.http, refusal.description))) }
      return .again("\(error)")
    }
  }

  /// Sends a body, signed and with the run's id as its key.
  func send(_ body: [UInt8], of order: RunOrder) async throws(HTTPClientError) -> HTTPClientResponse {
    let request = HTTPClientRequest(
      .post, definition.url,
      fields: [
        "Content-Type": "application/json", "Accept": "application/json",
        "Idempotency-Key": HTTPFieldValue(lossy: order.runId),
        "X-CT-Signature": HTTPFieldValue(lossy: "sha256=\(key.tag(body).hex)"),
      ], body: body)
    return try await client.send(request)
  }

  private func answer(_ response: HTTPClientResponse) -> Answer {
    let code = response.status.code
    let text = String(decoding: response.body, as: UTF8.self)
    switch code {
    case 200: return .done(outcome(of: text))
    case 202: return .accepted(OutputMessage(line: text))
    case _ where Self.mayPass(code): return .again("it was answered \(code)")
    default: return .done(.failure(RunFailure(.http, "the function answered \(code)")))
    }
  }

  /// Whether the same call may be answered otherwise later.
  static func mayPass(_ code: Int) -> Bool { [408, 425, 429].contains(code) || (500...599).contains(code) }

  private func outcome(of text: String) -> RunOutcome {
    let json = try? JSONValue(parsing: Array(text.utf8))
    if json?["status"]?.string == "failed" {
      let message = json?["message"]?.string ?? "the function reported that it failed"
      return .failure(RunFailure(.reported, message), RunMetrics(json?["metrics"]) ?? RunMetrics())
    }
    switch OutputMessage(line: text) {
    case .result(let metrics, _): return .success(metrics)
    case .wrongResult(let fault): return .failure(RunFailure(.noResult, "the result is not one: \(fault)"))
    case .progress, nil:
      let message = #"the function answered 200 without a result, such as {"metrics":{"invoicesProcessed":3}}"#
      return .failure(RunFailure(.noResult, message))
    }
  }
}
