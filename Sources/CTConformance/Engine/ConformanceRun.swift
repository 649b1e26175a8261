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
      for check in checks { results.append(try await run(check, after: results)) }
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

  private func run(_ check: Check, after results: [CheckResult]) async throws(CannotRun) -> CheckResult {
    let description = session.describe(check)
    session.emit(.checkStarted(description))
    let result: CheckResult
    if let reason = obstacle(to: check, description, results) {
      result = CheckResult(check: description, outcome: .skipped(reason), seen: nil, cases: 0, milliseconds: 0)
    } else {
      let context = CheckContext(description, session)
      let start = ContinuousClock.now
      try await check.run(context)
      result = context.result(milliseconds: (ContinuousClock.now - start).milliseconds)
    }
    session.emit(.checkFinished(result))
    return result
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
      cases: results.reduce(0) { $0 + $1.cases }, findings: session.findings, milliseconds: milliseconds,
      abortedBy: failure ?? nothing)
  }
}
