internal import Synchronization

/// How many requests were answered how, since the start.
package final class RequestCounts: Sendable {
  struct Answer: Hashable, Comparable {
    /// The `operationId`; `none` where the request got to none.
    let operation: String
    let status: Int

    static func < (a: Answer, b: Answer) -> Bool { (a.operation, a.status) < (b.operation, b.status) }
  }

  private let counts = Mutex<[Answer: Int]>([:])

  package init() {}

  func note(operation: String?, status: Int) {
    let answer = Answer(operation: operation ?? "none", status: status)
    counts.withLock { $0[answer, default: 0] += 1 }
  }

  /// By operation and status.
  var all: [(answer: Answer, count: Int)] {
    counts.withLock { $0 }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
