package import CTGenerated
internal import CTHTTP
internal import CTHealth
internal import CTJSON
internal import CTRuntime
internal import CTStore
internal import Synchronization

/// What is answered here comes from the engine's memory: its cost does not grow with the number of events.
extension Tower {
  /// Seed, section 3.3.
  package func getHealth(_ input: GetHealth.Input) async throws -> GetHealth.Output {
    let state = await healthState()
    let stable = state.stable.map { SystemSnapshot($0) }
    let mayRead = input.caller.map { Self.readers.contains($0.role) } ?? false
    let tag = EntityTag(
      Array(state.status.rawValue.utf8), mayRead ? stable.flatMap { $0.json(for: .everyone) } : [])
    if tag.matches(input.ifNoneMatch) { return .notModified(.init(eTag: tag.text)) }
    return .ok(.init(eTag: tag.text, body: state.health))
  }

  /// Who sees more of `/health` than the status; the spec leaves the rest out for others.
  private static let readers: Set<String> = ["viewer", "operator", "maintainer", "owner"]

  package func listSystems(_ input: ListSystems.Input) async throws -> ListSystems.Output {
    let state = await healthState()
    let tag = EntityTag(state.stable.flatMap { $0.json(for: .everyone) })
    if tag.matches(input.ifNoneMatch) { return .notModified(.init(eTag: tag.text)) }
    return .ok(.init(eTag: tag.text, body: state.systems))
  }

  package func getSystem(_ input: GetSystem.Input) async throws -> GetSystem.Output {
    let state = await healthState()
    guard let system = state.systems.first(where: { $0.systemId == input.systemId }),
      let stable = state.stable.first(where: { $0.systemId == input.systemId })
    else { throw ProblemDetails(.notFound, "This system is not watched.") }
    let tag = EntityTag(stable.json(for: .everyone))
    if tag.matches(input.ifNoneMatch) { return .notModified(.init(eTag: tag.text)) }
    return .ok(.init(eTag: tag.text, body: system))
  }

  package func getSLO(_ input: GetSLO.Input) async throws -> GetSLO.Output {
    await monitor.catchUp()
    let (now, overall, views) = monitor.read { ($0.now, $0.overall.map { SLO($0) }, $0.views) }
    let systems = views.map { view in
      SystemObjectives(
        systemId: Source(rawValue: view.id) ?? .tower, objectives: view.objectives.map { SLO($0) })
    }
    let report = SLOReport(checkedAt: now, overall: overall, systems: systems)
    var stable = report
    stable.checkedAt = Timestamp(microseconds: 0)
    let tag = EntityTag(stable.json(for: .everyone))
    if tag.matches(input.ifNoneMatch) { return .notModified(.init(eTag: tag.text)) }
    return .ok(.init(eTag: tag.text, body: report))
  }

  struct HealthState: Sendable {
    let now: Timestamp
    let status: Status
    let systems: [System]
    /// The same without what the time of day alone changes.
    let stable: [System]

    var health: Health {
      Health(
        status: status, checkedAt: now, version: SpecDocument.version, systems: systems.map { SystemSnapshot($0) })
    }
  }

  func healthState() async -> HealthState {
    await monitor.catchUp()
    return monitor.read { engine in
      let isOpen = engine.isOpen
      let views = engine.views
      return HealthState(
        now: engine.now, status: Status(engine.status), systems: views.map { System($0, isOpen: isOpen) },
        stable: views.map { System($0, isOpen: isOpen, isStable: true) })
    }
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
