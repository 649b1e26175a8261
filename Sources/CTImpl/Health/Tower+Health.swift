package import CTGenerated
internal import CTHTTP
internal import CTRuntime
internal import CTStore
internal import Synchronization

extension Tower {
  /// Seed, section 3.3. What is answered comes from projections: its cost does not grow with the number of events.
  package func getHealth(_ input: GetHealth.Input) async throws -> GetHealth.Output {
    let systems = try await assessments()
    return .ok(
      .init(
        body: Health(
          status: .worst(systems.map(\.status)), checkedAt: clock.now(), version: SpecDocument.version,
          systems: systems.map(\.snapshot))))
  }

  package func listSystems(_ input: ListSystems.Input) async throws -> ListSystems.Output {
    .ok(.init(body: try await assessments().map(\.system)))
  }

  /// Every system that sends events, by name; the tower itself is not one of them yet.
  private func assessments() async throws -> [SystemAssessment] {
    try await SystemAssessment.all(store, heartbeat, at: clock.now())
  }

  package func getLiveness(_ input: GetLiveness.Input) async throws -> GetLiveness.Output {
    .ok(.init(body: Probe(status: .ok)))
  }

  /// Not ready while the store takes no writes, and from the moment that the tower is told to stop.
  package func getReadiness(_ input: GetReadiness.Input) async throws -> GetReadiness.Output {
    if isStopping.load(ordering: .relaxed) {
      throw ProblemDetails(.serviceUnavailable, "The tower is shutting down.", retryAfter: 5)
    }
    if let fault = store.health.fault {
      throw ProblemDetails(.serviceUnavailable, "The store is not writable (\(fault.code.rawValue)).", retryAfter: 5)
    }
    return .ok(.init(body: Probe(status: .ok)))
  }
}
