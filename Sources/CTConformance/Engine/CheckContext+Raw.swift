internal import CTHTTP
internal import CTSpec

extension CheckContext {
  /// Sends the head of a request with these field lines as they are, and no body. Nil, and a finding, when no response
  /// came in time.
  func sendHead(
    _ probe: Probe, fields: [String], to operation: Operation?
  ) async throws(CannotRun) -> Observation? {
    let deployment = session.deployment
    let bytes = head(probe, fields + ["", ""])
    await session.pace.wait()
    let start = ContinuousClock.now
    do throws(HTTPClientError) {
      let exchange = try await deployment.client.sendRaw(
        bytes, to: deployment.url.origin, until: .responses(1), timeout: .seconds(5))
      let milliseconds = (ContinuousClock.now - start).milliseconds
      guard let response = exchange.responses.first else {
        find(
          "there is no response within five seconds", expected: check.expectation, seen: "\(exchange.ending)",
          by: [probe])
        return nil
      }
      let observation = Observation(response, milliseconds: milliseconds)
      // What is refused before it reaches an operation need not be declared by one.
      let isDeclared = operation?.response(for: observation.status) != nil
      observe(observation, probe, isDeclared || observation.status < 400 ? operation : nil)
      return observation
    } catch {
      throw .unreachable("\(deployment.text): \(error)")
    }
  }

  /// Begins a request and does not go on, until the deployment ends it or the time is over.
  func sendUnfinished(
    _ probe: Probe, fields: [String], isHeadComplete: Bool, timeout: Duration
  ) async throws(CannotRun) -> HTTPRawExchange {
    let deployment = session.deployment
    let bytes = head(probe, fields + (isHeadComplete ? ["", "{"] : []))
    do throws(HTTPClientError) {
      return try await deployment.client.sendRaw(
        bytes, to: deployment.url.origin, until: .responses(1), timeout: timeout)
    } catch {
      throw .unreachable("\(deployment.text): \(error)")
    }
  }

  private func head(_ probe: Probe, _ fields: [String]) -> [UInt8] {
    let deployment = session.deployment
    var lines = ["\(probe.method) \(deployment.path(of: probe)) HTTP/1.1", "Host: \(deployment.url.origin.authority)"]
    if case .known(let name) = probe.token, let token = session.credentials[name]?.token {
      lines.append("Authorization: Bearer \(token)")
    }
    return Array((lines + fields).joined(separator: "\r\n").utf8)
  }
}
