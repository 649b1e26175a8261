internal import CTHTTP
internal import CTSpec

/// A request, and the operation that it is meant for.
struct Planned: Sendable {
  let probe: Probe
  let operation: Operation?

  init(_ probe: Probe, to operation: Operation?) {
    self.probe = probe
    self.operation = operation
  }
}

extension CheckContext {
  /// Sends all, as many at a time as the run allows, and judges the responses in the order of the requests, so that a run
  /// of the same name says the same. `judge` gets each response with its place.
  func sendAll(
    _ planned: [Planned], judge: (Int, Observation) async throws(CannotRun) -> Void
  ) async throws(CannotRun) {
    let width = max(1, session.settings.concurrency)
    var start = 0
    while start < planned.count {
      guard session.end == nil else { throw .over }
      // A few rounds at a time: what came back is not kept longer than it is needed.
      let end = min(planned.count, start + width * 8)
      let results = await exchanges(Array(planned[start..<end]), width)
      for (offset, result) in results.enumerated() {
        if let seen = try settle(result, planned[start + offset]) { try await judge(start + offset, seen) }
      }
      start = end
    }
  }

  /// Sends all at the same time, on connections that are open already: a race has to be a close one. Those without a
  /// response are findings, and not among the results.
  func sendAtOnce(_ probes: [Probe], _ method: String, _ path: String) async throws(CannotRun) -> [Observation] {
    let operation = spec.operation(method, path)
    await withTaskGroup { group in
      for _ in probes { group.addTask { try? await self.session.deployment.reach() } }
    }
    let planned = probes.map { Planned($0, to: operation) }
    var seen: [Observation] = []
    for (result, item) in zip(await exchanges(planned, planned.count), planned) {
      if let observation = try settle(result, item) { seen.append(observation) }
    }
    return seen
  }

  /// The results, in the order of the requests; without the last ones, when the run ends.
  private func exchanges(_ planned: [Planned], _ width: Int) async -> [ExchangeResult] {
    await withTaskGroup(of: (Int, ExchangeResult).self) { group in
      var results = [ExchangeResult?](repeating: nil, count: planned.count)
      var next = 0
      func start() {
        guard next < planned.count, session.end == nil else { return }
        let (place, item) = (next, planned[next])
        group.addTask { (place, await self.exchange(item)) }
        next += 1
      }
      for _ in 0..<width { start() }
      for await (place, result) in group {
        results[place] = result
        start()
      }
      return results.compactMap { $0 }
    }
  }
}
