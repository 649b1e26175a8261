import CTStore
import Synchronization

/// The last runs of each trigger, so that showing them does not look through all runs each time.
final class RecentRuns: Sendable {
  private struct State {
    /// Newest first; ids sort by time.
    var ids: [String: [String]] = [:]
    /// The triggers whose earlier runs have been looked for.
    var known: Set<String> = []
  }

  /// So many are shown.
  private static let count = 5
  private let state = Mutex(State())

  func note(_ runId: String, _ trigger: String) { merge([runId], trigger) }

  private func merge(_ runIds: [String], _ trigger: String) {
    state.withLock { state in
      let all = Set(state.ids[trigger, default: []] + runIds)
      state.ids[trigger] = Array(all.sorted(by: >).prefix(Self.count))
    }
  }

  /// The last runs of a trigger, newest first. After a start of the tower those among the latest 10,000 of all runs.
  func runs(of trigger: String, in book: RunBook) async throws(StoreError) -> [RunRecord] {
    if !state.withLock({ $0.known.contains(trigger) }) {
      var filter = RunFilter()
      filter.trigger = trigger
      merge(try await book.page(filter, before: nil, limit: Self.count).runs.map(\.runId), trigger)
      state.withLock { _ = $0.known.insert(trigger) }
    }
    var runs: [RunRecord] = []
    for runId in state.withLock({ $0.ids[trigger] ?? [] }) {
      // Retention may have removed it.
      if let run = try await book.find(runId) { runs.append(run) }
    }
    return runs
  }
}
