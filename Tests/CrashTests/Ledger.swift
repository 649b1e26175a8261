import Synchronization

/// What a producer knows: what it sent, and what was acknowledged.
final class Ledger: Sendable {
  struct Entry: Sendable {
    let type: String
    let source: String
    let payload: String
    /// The whole body, to be sent again byte for byte.
    let body: [UInt8]
  }

  private struct State {
    var sent: [String: Entry] = [:]
    var acknowledged: Set<String> = []
    var faults: [String] = []
  }

  private let state = Mutex(State())

  func note(_ entry: Entry, id: String) { state.withLock { $0.sent[id] = entry } }
  func acknowledge(_ id: String) { state.withLock { _ = $0.acknowledged.insert(id) } }
  func complain(_ fault: String) { state.withLock { $0.faults.append(fault) } }

  var sent: [String: Entry] { state.withLock { $0.sent } }
  var acknowledged: Set<String> { state.withLock { $0.acknowledged } }
  /// Answers that no tower may give.
  var faults: [String] { state.withLock { $0.faults } }

  /// Sent, but nobody said what became of it.
  var uncertain: [String] {
    state.withLock { state in state.sent.keys.filter { !state.acknowledged.contains($0) }.sorted() }
  }
}
