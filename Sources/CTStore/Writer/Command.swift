import CTJSON

/// What is handed to the writer thread.
enum Command: Sendable {
  /// Indirect: a command is handed on several times, and an event is a wide value.
  indirect case append(EventRecord, Reply<AppendOutcome>)
  case commit([Write], Reply<[AppendOutcome]>)
  /// Brings the projections up to the log's end.
  case project(Reply<Int64>)

  /// Does something in a transaction of its own, with the time that it is.
  case perform(@Sendable (WriterSession, Timestamp) throws(StoreError) -> Int, Reply<Int>)

  /// Resumes one task, once.
  typealias Reply<Value: Sendable> = UnsafeContinuation<Result<Value, StoreError>, Never>

  /// Whether it goes into the transaction that it shares with others.
  var isShared: Bool {
    switch self {
    case .append, .commit: true
    case .project, .perform: false
    }
  }

  /// About how much memory it takes while it waits.
  var footprint: Int {
    switch self {
    case .append(let event, _): event.footprint
    case .project, .perform: 0
    case .commit(let writes, _):
      writes.reduce(0) { sum, write in
        switch write {
        case .append(let event): sum + event.footprint
        case .put(_, let body, _): sum + body.count + 160
        case .delete: sum + 160
        }
      }
    }
  }

  func fail(_ error: StoreError) {
    switch self {
    case .append(_, let reply): reply.resume(returning: .failure(error))
    case .commit(_, let reply): reply.resume(returning: .failure(error))
    case .project(let reply): reply.resume(returning: .failure(error))
    case .perform(_, let reply): reply.resume(returning: .failure(error))
    }
  }
}
