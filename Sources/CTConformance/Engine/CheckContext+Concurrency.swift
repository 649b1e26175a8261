internal import CTSpec

extension CheckContext {
  /// Sends all at the same time, on connections that are open already: a race has to be a close one. Those without a response are findings, and not among the results.
  func sendAtOnce(_ probes: [Probe], _ method: String, _ path: String) async throws(CannotRun) -> [Observation] {
    let operation = spec.operation(method, path)
    await withTaskGroup { group in
      for _ in probes { group.addTask { try? await self.session.deployment.reach() } }
    }
    let results = await withTaskGroup(of: Result<Observation?, CannotRun>.self) { group in
      for probe in probes {
        group.addTask {
          do throws(CannotRun) {
            return .success(try await self.send(probe, to: operation))
          } catch {
            return .failure(error)
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    var seen: [Observation] = []
    for result in results {
      if let observation = try result.get() { seen.append(observation) }
    }
    return seen
  }
}
