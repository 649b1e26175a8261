/// What is handed to the writer thread.
enum Command: Sendable {
  case append(EventRecord, Reply<AppendOutcome>)
  case commit([Write], Reply<[AppendOutcome]>)
  /// Brings the projections up to the log's end.
  case project(Reply<Int64>)

  /// Resumes one task, once.
  typealias Reply<Value: Sendable> = CheckedContinuation<Result<Value, StoreError>, Never>

  /// About how much memory it takes while it waits.
  var footprint: Int {
    switch self {
    case .append(let event, _): event.footprint
    case .project: 0
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
    }
  }
}
