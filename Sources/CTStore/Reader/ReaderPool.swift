import Synchronization

/// Threads that read, each on a connection of its own that sees the last commit and never waits for the writer.
final class ReaderPool: Sendable {
  private typealias Job = @Sendable (Result<Reader, StoreError>) -> StoreError?

  private struct State {
    var jobs: [Job] = []
    var isClosed = false
    var threads: Int
    var whenEmpty: CheckedContinuation<Void, Never>?
  }

  private let state: Mutex<State>
  private let wakeUp = Semaphore()
  private let file: DatabaseFile

  /// - Parameter isBackground: whether its threads only get what all others leave.
  init(file: DatabaseFile, threads: Int, isBackground: Bool = false) throws(StoreError) {
    self.file = file
    state = Mutex(State(threads: threads))
    for number in 1...threads {
      try WorkerThread.start(name: "ct-reader-\(number)", isBackground: isBackground) { self.run() }
    }
  }

  /// Runs `body` on a reader thread.
  func read<Value: Sendable>(
    _ body: @escaping @Sendable (Reader) throws(StoreError) -> Value
  ) async throws(StoreError) -> Value {
    let result: Result<Value, StoreError> = await withCheckedContinuation { reply in
      submit { reader in
        let result = Result { () throws(StoreError) -> Value in try body(try reader.get()) }
        reply.resume(returning: result)
        if case .failure(let error) = result { return error }
        return nil
      }
    }
    return try result.get()
  }

  /// Serves what waits, refuses further jobs, and returns when every thread has closed its connection.
  func close() async {
    await withCheckedContinuation { done in
      let threads = state.withLock { state in
        state.isClosed = true
        if state.threads > 0 { state.whenEmpty = done }
        return state.threads
      }
      if threads == 0 { done.resume() }
      for _ in 0..<threads { wakeUp.signal() }
    }
  }

  /// As ``close()``, but does not wait.
  func abandon() {
    let threads = state.withLock { state in
      state.isClosed = true
      return state.threads
    }
    for _ in 0..<threads { wakeUp.signal() }
  }

  private func submit(_ job: @escaping Job) {
    let isClosed = state.withLock { state in
      if !state.isClosed { state.jobs.append(job) }
      return state.isClosed
    }
    if isClosed { _ = job(.failure(StoreError(.closed, "the store is closed"))) } else { wakeUp.signal() }
  }

  private func run() {
    var reader: Reader?
    while let job = nextJob() {
      let opened = Result { () throws(StoreError) -> Reader in if let reader { reader } else { try Reader(file) } }
      if case .success(let opened) = opened { reader = opened }
      // A connection that met an I/O error is not trusted with the next job.
      if let error = job(opened), error.isTransient { reader = nil }
    }
    reader = nil
    let done = state.withLock { state in
      state.threads -= 1
      return state.threads == 0 ? state.whenEmpty : nil
    }
    done?.resume()
  }

  /// Waits for a job; `nil` once the pool is closed and idle.
  private func nextJob() -> Job? {
    while true {
      let (job, isClosed) = state.withLock { state in
        (state.jobs.isEmpty ? nil : state.jobs.removeFirst(), state.isClosed)
      }
      if let job { return job }
      if isClosed { return nil }
      wakeUp.wait()
    }
  }
}
