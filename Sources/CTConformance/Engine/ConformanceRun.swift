internal import CTSpec

/// Carries out checks one after the other, so that every run of the same name sends the same.
package struct ConformanceRun: Sendable {
  private let session: RunSession
  private let checks: [Check]

  package init(_ session: RunSession, _ checks: [Check]) {
    self.session = session
    self.checks = checks
  }

  /// Runs to the end, or to where it cannot go on, and says so in events; the last one is `runFinished`.
  package func run() async -> RunSummary {
    let start = ContinuousClock.now
    session.emit(.runStarted(description))
    var results: [CheckResult] = []
    var failure: CannotRun?
    do throws(CannotRun) {
      try await session.deployment.reach()
      failure = await runAll(&results)
    } catch {
      failure = error
    }
    let summary = summary(results, failure, (ContinuousClock.now - start).milliseconds)
    session.emit(.runFinished(summary))
    return summary
  }

  private var description: RunDescription {
    let document = session.spec.document
    return RunDescription(
      url: session.deployment.text, specFile: document.file, specTitle: document.info.title,
      specVersion: document.info.version, runID: session.runID.text, idPrefix: session.runID.prefix,
      checkCount: checks.count)
  }

  /// One after the other, but for those that wait: they run beside the others, and tell at the end.
  private func runAll(_ results: inout [CheckResult]) async -> CannotRun? {
    // When the run cannot go on, what waits is told to stop by leaving this scope.
    async let early = runBeside(checks.filter(\.waits))
    do throws(CannotRun) {
      for check in checks where !check.waits {
        if let end = session.end { return leave(&results, end) }
        let result = try await run(check, after: results)
        results.append(result)
      }
      for waited in await early {
        session.emit(.checkStarted(waited.context.check))
        waited.context.release()
        let result = try waited.outcome.get()
        session.emit(.checkFinished(result))
        results.append(result)
      }
      CoverageGaps(session: session).tell(results)
      return nil
    } catch {
      return error
    }
  }

  /// Names what is not run any more.
  private func leave(_ results: inout [CheckResult], _ reason: SkipReason) -> CannotRun? {
    let done = Set(results.map(\.check.id))
    for check in checks where !done.contains(check.id) {
      let description = session.describe(check)
      session.emit(.checkStarted(description))
      let result = CheckResult(check: description, outcome: .skipped(reason), seen: nil, cases: 0, milliseconds: 0)
      session.emit(.checkFinished(result))
      results.append(result)
    }
    return nil
  }

  private func runBeside(_ checks: [Check]) async -> [Waited] {
    await withTaskGroup(of: (Int, Waited).self) { group in
      for (place, check) in checks.enumerated() { group.addTask { (place, await runHeld(check)) } }
      var ended: [(Int, Waited)] = []
      for await each in group { ended.append(each) }
      return ended.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }

  // Not in the closure of `addTask`: Swift 6.3 at -O loses what a typed `throws` leaves there, and the run dies.
  private func runHeld(_ check: Check) async -> Waited {
    let context = CheckContext(session.describe(check), session, isHeld: true)
    do throws(CannotRun) {
      let result = try await carryOut(check, context, after: [])
      return Waited(context: context, outcome: .success(result))
    } catch {
      return Waited(context: context, outcome: .failure(error))
    }
  }

  private func run(_ check: Check, after results: [CheckResult]) async throws(CannotRun) -> CheckResult {
    let description = session.describe(check)
    session.emit(.checkStarted(description))
    let result = try await carryOut(check, CheckContext(description, session), after: results)
    session.emit(.checkFinished(result))
    return result
  }

  private func carryOut(
    _ check: Check, _ context: CheckContext, after results: [CheckResult]
  ) async throws(CannotRun) -> CheckResult {
    if let reason = obstacle(to: check, context.check, results) {
      return CheckResult(check: context.check, outcome: .skipped(reason), seen: nil, cases: 0, milliseconds: 0)
    }
    let start = ContinuousClock.now
    do throws(CannotRun) {
      try await check.run(context)
    } catch {
      guard case .over = error else { throw error }
      // It has seen a part of what it is about.
      context.skip(session.end ?? .over("the run ended"))
    }
    return context.result(milliseconds: (ContinuousClock.now - start).milliseconds)
  }

  private func obstacle(to check: Check, _ description: CheckDescription, _ results: [CheckResult]) -> SkipReason? {
    if description.clause == nil { return .notInSpec("there is no \(check.clause)") }
    if check.needs.writes, session.settings.readOnly { return .readOnly }
    let missing = session.credentials.missing(check.needs)
    if !missing.isEmpty { return .missing(missing) }
    let passed = Set(results.filter { $0.outcome == .passed }.map(\.check.id))
    return check.needs.passed.first { !passed.contains($0) }.map { .prerequisite($0) }
  }

  private func summary(_ results: [CheckResult], _ failure: CannotRun?, _ milliseconds: Double) -> RunSummary {
    var skipped: [String: Int] = [:]
    var passed = 0
    var failed = 0
    for result in results {
      switch result.outcome {
      case .passed: passed += 1
      case .failed: failed += 1
      case .skipped(let reason): skipped[reason.kind, default: 0] += 1
      }
    }
    let nothing: CannotRun? = passed + failed == 0 ? .nothingToCheck : nil
    return RunSummary(
      passed: passed, failed: failed,
      skipped: skipped.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { (kind: $0.key, count: $0.value) },
      cases: results.reduce(0) { $0 + $1.cases }, findings: session.findings, throttled: session.throttlings,
      milliseconds: milliseconds, abortedBy: failure ?? nothing)
  }
}

/// A check that ran beside the others, and what came of it.
private struct Waited: Sendable {
  let context: CheckContext
  let outcome: Result<CheckResult, CannotRun>
}
