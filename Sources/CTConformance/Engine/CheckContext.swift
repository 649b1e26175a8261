internal import CTHTTP
internal import CTSpec
internal import Synchronization

/// What a check may do: send requests, and say what it found.
package final class CheckContext: Sendable {
  private struct State {
    var findings = 0
    var cases = 0
    var seen: String?
    var skip: SkipReason?
    /// What happened, while the check waits for its turn to tell.
    var held: [@Sendable (RunSession) -> Void]?
  }

  package let check: CheckDescription
  package let session: RunSession
  private let state: Mutex<State>

  /// A check that runs beside others holds back what it has to tell until ``release()``.
  init(_ check: CheckDescription, _ session: RunSession, isHeld: Bool = false) {
    self.check = check
    self.session = session
    state = Mutex(State(held: isHeld ? [] : nil))
  }

  /// The tokens of the run by name, with their roles, in the order of the names. An expired one is nobody's.
  package var callers: [(name: String, role: String)] {
    session.credentials.names.filter { $0 != Credential.expired }.map { ($0, spec.role(ofToken: $0)) }
  }

  package var spec: SpecCatalog { session.spec }

  /// Says what was seen, for people to read.
  package func saw(_ text: String) { state.withLock { $0.seen = text } }

  /// What was seen last.
  var sight: String? { state.withLock { $0.seen } }

  /// Gives up, without a verdict.
  package func skip(_ reason: SkipReason) { state.withLock { $0.skip = reason } }

  /// A finding of this check.
  package func find(
    _ message: String, expected: String, seen: String, clause: ClauseReference? = nil, by probes: [Probe]
  ) {
    let fault = ResponseFault(
      rule: check.id, severity: check.severity, message: message, expected: expected, seen: seen, clause: clause)
    report(fault, probes)
  }

  /// Says what the coverage table has to name as not reached.
  func unreached(_ operation: Operation, _ what: String, why: String) {
    let gap = CoverageGap(operation: operation.name, what: what, why: why)
    tell { $0.emit(.notReached(gap)) }
  }

  /// Counts a request whose answer is no response, and right all the same.
  func count() { state.withLock { $0.cases += 1 } }

  /// Counts and judges a response.
  func observe(_ observation: Observation, _ probe: Probe, _ operation: Operation?) {
    state.withLock { $0.cases += 1 }
    emit(probe, operation, observation.status, observation.milliseconds)
    let judge = ResponseJudge(spec: session.spec, session: session)
    for fault in judge.faults(of: observation, to: probe, operation) { report(fault, [probe]) }
  }

  /// No response to one request is a finding; but when nothing answers any more, the run is over.
  func withoutResponse(
    _ probe: Probe, _ operation: Operation?, _ error: HTTPClientError
  ) throws(CannotRun) -> Observation? {
    state.withLock { $0.cases += 1 }
    switch error {
    case .resolve, .refused, .connect, .tls, .cancelled: throw .unreachable("\(session.deployment.text): \(error)")
    case .timeout, .transport, .closedEarly, .notHTTP:
      let clause = operation.map { session.spec.reference($0.location, $0.name) }
      let fault = ResponseFault(
        rule: "response-none", severity: .error, message: "there is no response: \(error)",
        expected: "an HTTP response", seen: "\(error)", clause: clause)
      report(fault, [probe])
      return nil
    }
  }

  /// Says that a request which the spec lets through was not answered with success, so that there is nothing to see.
  func unanswered(_ seen: Observation, _ probe: Probe, _ operation: Operation?) {
    // Found already, with every response.
    guard seen.status < 500, operation.map({ $0.response(for: seen.status) != nil }) ?? true else { return }
    report(ResponseJudge.unanswered(seen, probe, operation, spec), [probe])
  }

  private func report(_ fault: ResponseFault, _ probes: [Probe]) {
    state.withLock { $0.findings += 1 }
    let clause = fault.clause ?? check.clause ?? session.spec.reference(.document)
    let finding = Finding(
      check: fault.rule, severity: fault.severity,
      clause: clause ?? ClauseReference(file: session.spec.document.file, line: 1, text: "the document"),
      message: fault.message, expected: fault.expected, seen: fault.seen,
      reproduction: session.reproduction.commands(for: probes), metBy: check.id)
    tell { $0.report(finding) }
  }

  func emit(_ probe: Probe, _ operation: Operation?, _ status: Int?, _ milliseconds: Double) {
    let exchange = Exchange(
      check: check.id, operation: operation?.name, label: probe.label, keyword: probe.keyword, method: probe.method,
      target: probe.target, status: status, milliseconds: milliseconds)
    tell { $0.emit(.exchanged(exchange)) }
  }

  private func tell(_ action: @escaping @Sendable (RunSession) -> Void) {
    let isHeld = state.withLock { state in
      state.held?.append(action)
      return state.held != nil
    }
    if !isHeld { action(session) }
  }

  /// Tells what was held back.
  func release() {
    let actions = state.withLock { state in
      defer { state.held = nil }
      return state.held ?? []
    }
    for action in actions { action(session) }
  }

  /// How the check ended.
  func result(milliseconds: Double) -> CheckResult {
    state.withLock { state in
      let outcome: Outcome =
        if state.findings > 0 {
          .failed(findings: state.findings)
        } else if let reason = state.skip {
          .skipped(reason)
        } else {
          // What has seen nothing has passed nothing.
          state.cases > 0 ? .passed : .skipped(.notApplicable("there was nothing to ask for it"))
        }
      return CheckResult(
        check: check, outcome: outcome, seen: state.seen, cases: state.cases, milliseconds: milliseconds)
    }
  }
}
