package import CTGenerated
internal import CTHTTP
internal import CTJSON
internal import CTRuns
internal import CTRuntime
internal import CTStore
internal import Synchronization

extension Tower {
  package func listRuns(_ input: ListRuns.Input) async throws -> ListRuns.Output {
    var filter = RunFilter()
    filter.trigger = input.trigger
    filter.status = input.status.flatMap { .init(rawValue: $0.rawValue) }
    filter.initiator = input.initiator
    filter.from = input.from
    filter.to = input.to
    let (page, next) = try await runs.book.page(filter, before: input.cursor, limit: input.limit)
    return .ok(.init(link: next.map { Self.nextLink(input, cursor: $0) }, body: page.map { CTGenerated.Run($0) }))
  }

  private static func nextLink(_ input: ListRuns.Input, cursor: String) -> String {
    var query: [(String, String)] = []
    if let trigger = input.trigger { query.append(("trigger", trigger)) }
    if let status = input.status { query.append(("status", status.rawValue)) }
    if let initiator = input.initiator { query.append(("initiator", initiator)) }
    if let from = input.from { query.append(("from", from.description)) }
    if let to = input.to { query.append(("to", to.description)) }
    query += [("limit", String(input.limit)), ("cursor", cursor)]
    let text = query.map { "\($0)=\(PercentEncoding.encode($1.utf8))" }.joined(separator: "&")
    return "</runs?\(text)>; rel=\"next\""
  }

  private static let eventCount = 100

  package func getRun(_ input: GetRun.Input) async throws -> GetRun.Output {
    let now = clock.now()
    var run = CTGenerated.Run(try await find(input.runId)) { archive?.link(to: $0, now) }
    let events = try await store.events(
      matching: EventFilter(correlationId: input.runId), after: nil, limit: Self.eventCount
    ).events
    run.events = try events.map { event in
      let shown = try CTGenerated.StoredEvent(event)
      return RunEvent(eventId: shown.eventId, type: shown.type, ts: shown.ts, source: shown.source)
    }
    return .ok(.init(body: run))
  }

  private func find(_ runId: String) async throws -> RunRecord {
    guard let run = try await runs.book.find(runId) else { throw RunService.Refusal.unknownRun }
    return run
  }

  package func streamRunLog(_ input: StreamRunLog.Input) async throws -> StreamRunLog.Output {
    _ = try await find(input.runId)
    try admitReader()
    return .ok(
      .init(
        body: ResponseStream { [self] writer in
          streams.add(1, ordering: .relaxed)
          defer { streams.subtract(1, ordering: .relaxed) }
          try await runs.followLog(of: input.runId, skipping: input.from) { try await writer.write($0) }
        }))
  }

  package func cancelRun(_ input: CancelRun.Input) async throws -> CancelRun.Output {
    .ok(.init(body: CTGenerated.Run(try await runs.cancel(input.runId))))
  }

  package func retryRun(_ input: RetryRun.Input) async throws -> RetryRun.Output {
    .accepted(RunQueuedResponse(runId: try await runs.retry(input.runId, initiator: input.caller.name)))
  }

  package func callBackRun(_ input: CallBackRun.Input) async throws -> CallBackRun.Output {
    let body = input.body
    let metrics = try Self.metrics(body.metrics)
    let message = body.message ?? "the function reported that it failed"
    let report: RunService.Report =
      switch body.status {
      case .running:
        .progress(
          body.progress.flatMap { CTRuns.RunProgress(done: $0.done, total: $0.total) },
          checkpoint: body.checkpoint?.bytes)
      case .success: .end(.success(metrics))
      case .failed: .end(.failure(message, metrics))
      }
    try await runs.report(report, on: input.runId, from: input.caller.source)
    return .ok(.init(body: RunReceipt(runId: input.runId)))
  }

  private static func metrics(_ json: RawJSON?) throws -> RunMetrics {
    guard let json else { return RunMetrics() }
    if let metrics = RunMetrics(try? JSONValue(parsing: json.bytes)) { return metrics }
    throw ProblemDetails(
      .unprocessableContent, "The metrics are not what the specification says.",
      violations: [.init(pointer: "/metrics", keyword: "maxProperties", detail: "must have at most 63 members")])
  }
}
