/// A run whose events go to the console and to reports.
enum ReportedRun {
  /// The exit status.
  static func run(
    _ options: RunOptions, _ checks: [Check], _ surroundings: Surroundings, isDetailed: Bool
  ) async -> Int32 {
    let console = ConsoleReporter(
      surroundings.output, style: options.style, isDetailed: isDetailed, isLive: options.isTerminal)
    let (events, continuation) = AsyncStream.makeStream(of: RunEvent.self)
    let session = RunSession(
      deployment: options.deployment, spec: options.spec, credentials: options.credentials, runID: options.runID,
      settings: options.settings, events: continuation)
    async let summary = carryOut(ConformanceRun(session, checks), continuation)
    var reporters: [any Reporter] = [console] + options.reports
    for await event in events {
      for index in reporters.indices { reporters[index].receive(event) }
    }
    return await summary.exitCode
  }

  private static func carryOut(
    _ run: ConformanceRun, _ events: AsyncStream<RunEvent>.Continuation
  ) async -> RunSummary {
    defer { events.finish() }
    return await run.run()
  }
}
