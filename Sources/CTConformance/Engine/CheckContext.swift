internal import CTHTTP
package import CTSpec
internal import Synchronization

/// What a check may do: send requests, and say what it found.
package final class CheckContext: Sendable {
  private struct State {
    var findings = 0
    var cases = 0
    var seen: String?
    var skip: SkipReason?
  }

  package let check: CheckDescription
  package let session: RunSession
  private let state = Mutex(State())

  init(_ check: CheckDescription, _ session: RunSession) {
    self.check = check
    self.session = session
  }

  /// The tokens of the run by name, with their roles, in the order of the names.
  package var callers: [(name: String, role: String)] {
    session.credentials.names.map { ($0, spec.role(ofToken: $0)) }
  }

  package var spec: SpecCatalog { session.spec }

  /// Says what was seen, for people to read.
  package func saw(_ text: String) { state.withLock { $0.seen = text } }

  /// Gives up, without a verdict.
  package func skip(_ reason: SkipReason) { state.withLock { $0.skip = reason } }

  /// Sends a request and judges the response by the rules that hold for every response of an operation. Nil, and a
  /// finding, when none came.
  package func send(_ probe: Probe, to operation: Operation?) async throws(CannotRun) -> Observation? {
    state.withLock { $0.cases += 1 }
    let start = ContinuousClock.now
    do throws(HTTPClientError) {
      let observation = try await session.deployment.send(
        probe, fields(of: probe), endless: operation.flatMap(\.endlessMediaType))
      emit(probe, operation, observation.status, observation.milliseconds)
      judge(observation, probe, operation)
      return observation
    } catch {
      emit(probe, operation, nil, (ContinuousClock.now - start).milliseconds)
      return try withoutResponse(probe, operation, error)
    }
  }

  /// A finding of this check.
  package func find(
    _ message: String, expected: String, seen: String, clause: ClauseReference? = nil, by probes: [Probe]
  ) {
    let fault = ResponseFault(
      rule: check.id, severity: check.severity, message: message, expected: expected, seen: seen, clause: clause)
    report(fault, probes)
  }

  /// Counts and judges a response that came some other way.
  func observe(_ observation: Observation, _ probe: Probe, _ operation: Operation?) {
    state.withLock { $0.cases += 1 }
    emit(probe, operation, observation.status, observation.milliseconds)
    judge(observation, probe, operation)
  }

  private func judge(_ observation: Observation, _ probe: Probe, _ operation: Operation?) {
    let judge = ResponseJudge(spec: session.spec)
    for fault in judge.faults(of: observation, to: probe, operation) { report(fault, [probe]) }
  }

  /// No response to one request is a finding; but when nothing answers any more, the run is over.
  private func withoutResponse(
    _ probe: Probe, _ operation: Operation?, _ error: HTTPClientError
  ) throws(CannotRun) -> Observation? {
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

  private func report(_ fault: ResponseFault, _ probes: [Probe]) {
    state.withLock { $0.findings += 1 }
    let clause = fault.clause ?? check.clause ?? session.spec.reference(.document)
    session.report(
      Finding(
        check: fault.rule, severity: fault.severity,
        clause: clause ?? ClauseReference(file: session.spec.document.file, line: 1, text: "the document"),
        message: fault.message, expected: fault.expected, seen: fault.seen,
        reproduction: session.reproduction.commands(for: probes), metBy: check.id))
  }

  private func emit(_ probe: Probe, _ operation: Operation?, _ status: Int?, _ milliseconds: Double) {
    session.emit(
      .exchanged(
        Exchange(
          check: check.id, operation: operation?.name, label: probe.label, keyword: probe.keyword, method: probe.method,
          target: probe.target, status: status, milliseconds: milliseconds)))
  }

  private func fields(of probe: Probe) -> HTTPFields {
    var fields = HTTPFields()
    switch probe.token {
    case .none: break
    case .known(let name):
      if let token = session.credentials[name]?.token { fields.add("Authorization", "Bearer \(token)") }
    case .shaped(let name, let before, let after, let cut):
      let token = session.credentials[name]?.token.dropLast(cut) ?? ""
      fields.add("Authorization", before + token + after)
    case .literal(let value): fields.add("Authorization", value)
    }
    if let signature = session.spec.signature {
      switch probe.signature {
      case .none: break
      case .correct:
        let tag = session.credentials.tag(of: probe.body ?? []) ?? ""
        fields.add(signature.header, signature.rule.prefix + tag)
      case .literal(let value): fields.add(signature.header, value)
      }
    }
    for field in probe.fields { fields.add(field.name, field.value) }
    return fields
  }

  /// How the check ended.
  func result(milliseconds: Double) -> CheckResult {
    state.withLock { state in
      let outcome: Outcome =
        if state.findings > 0 { .failed(findings: state.findings) } else { state.skip.map { .skipped($0) } ?? .passed }
      return CheckResult(
        check: check, outcome: outcome, seen: state.seen, cases: state.cases, milliseconds: milliseconds)
    }
  }
}

extension HTTPFields {
  /// For what a check has made: names and values that HTTP can carry.
  fileprivate mutating func add(_ name: String, _ value: String) {
    guard let name = HTTPFieldName(name) else { preconditionFailure("\(name) is no field name") }
    append(name, HTTPFieldValue(value) ?? HTTPFieldValue(lossy: value))
  }
}
