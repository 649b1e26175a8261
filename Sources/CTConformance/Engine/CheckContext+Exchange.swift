internal import CTHTTP
internal import CTSpec

/// What one request led to.
struct ExchangeResult: Sendable {
  let outcome: Result<Observation, HTTPClientError>
  let milliseconds: Double
}

extension CheckContext {
  /// How often a request is sent again that was answered 429, and how long it waits at most before each.
  private static let repetitions = 5
  private static let longestPause = 60

  /// Sends a request, and nothing else: no judgement, no events. A 429 with `Retry-After` is obeyed.
  func exchange(_ planned: Planned) async -> ExchangeResult {
    var left = Self.repetitions
    while true {
      await session.pace.wait()
      let start = ContinuousClock.now
      do throws(HTTPClientError) {
        let observation = try await session.deployment.send(
          planned.probe, fields(of: planned.probe), endless: planned.operation.flatMap(\.endlessMediaType))
        let pause = observation.field("Retry-After").flatMap { Int($0) }
        if observation.status == 429, left > 0, let pause, 0...Self.longestPause ~= pause {
          left -= 1
          session.noteThrottling()
          try? await Task.sleep(for: .seconds(pause))
          continue
        }
        return ExchangeResult(outcome: .success(observation), milliseconds: observation.milliseconds)
      } catch {
        if case .timeout = error { session.noteUnanswered() }
        return ExchangeResult(outcome: .failure(error), milliseconds: (ContinuousClock.now - start).milliseconds)
      }
    }
  }

  /// Tells what came of a request, and judges it by the rules for every response. Nil, and a finding, without one.
  func settle(_ result: ExchangeResult, _ planned: Planned) throws(CannotRun) -> Observation? {
    switch result.outcome {
    case .success(let observation):
      observe(observation, planned.probe, planned.operation)
      guard observation.status != 429 else {
        throw .throttled(
          "\(session.deployment.text) answers 429 (Retry-After: \(observation.field("Retry-After") ?? "none")), also after "
            + "\(Self.repetitions) pauses: try again with --rate, or with tokens that may send more")
      }
      return observation
    case .failure(let error):
      emit(planned.probe, planned.operation, nil, result.milliseconds)
      return try withoutResponse(planned.probe, planned.operation, error)
    }
  }

  /// Sends a request and judges the response by the rules that hold for every response of an operation. Nil, and a
  /// finding, when none came.
  func send(_ probe: Probe, to operation: Operation?) async throws(CannotRun) -> Observation? {
    guard session.end == nil else { throw .over }
    let planned = Planned(probe, to: operation)
    return try settle(await exchange(planned), planned)
  }

  /// The same for a request of which only the status and the body matter here, such as one of many polls: nothing is
  /// counted or judged.
  func peek(_ probe: Probe, to operation: Operation?) async throws(CannotRun) -> Observation? {
    switch await exchange(Planned(probe, to: operation)).outcome {
    case .success(let observation): return observation
    case .failure(let error): return try withoutResponse(probe, operation, error)
    }
  }

  /// What goes into the request's head for a probe.
  func fields(of probe: Probe) -> HTTPFields {
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
}

extension HTTPFields {
  /// For what a check has made: names and values that HTTP can carry.
  fileprivate mutating func add(_ name: String, _ value: String) {
    guard let name = HTTPFieldName(name) else { preconditionFailure("\(name) is no field name") }
    append(name, HTTPFieldValue(value) ?? HTTPFieldValue(lossy: value))
  }
}
