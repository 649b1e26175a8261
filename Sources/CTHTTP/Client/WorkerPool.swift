import CLinux
import Glibc
import Synchronization

/// Threads for blocking calls, started when needed and ended when idle.
final class WorkerPool: Sendable {
  private typealias Job = @Sendable () -> Void

  private struct State {
    var jobs: [Job] = []
    var waiting = 0
    var threads = 0
  }

  private let state = Mutex(State())
  private let maximum: Int
  /// A semaphore that counts the jobs.
  private let available: Int32

  private static var idleMilliseconds: Int32 { 2_000 }

  init(maximum: Int) {
    self.maximum = max(1, maximum)
    available = eventfd(0, Int32(EFD_SEMAPHORE) | Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
    precondition(available >= 0, "\(SystemError("eventfd"))")
  }

  deinit { close(available) }

  /// Runs a blocking call on one of the threads. Cancelling the task interrupts it.
  func run<Success: Sendable>(
    _ body: @escaping @Sendable (Interruption) throws(HTTPClientError) -> Success
  ) async throws(HTTPClientError) -> Success {
    let interruption = Interruption()
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { (continuation: CheckedContinuation<Result<Success, HTTPClientError>, Never>) in
        submit {
          do throws(HTTPClientError) {
            continuation.resume(returning: .success(try body(interruption)))
          } catch {
            continuation.resume(returning: .failure(interruption.isCancelled ? .cancelled : error))
          }
        }
      }
    } onCancel: {
      interruption.cancel()
    }
    return try result.get()
  }

  private func submit(_ job: @escaping Job) {
    let needsThread = state.withLock { state in
      state.jobs.append(job)
      guard state.jobs.count > state.waiting, state.threads < maximum else { return false }
      state.threads += 1
      return true
    }
    var one: UInt64 = 1
    _ = write(available, &one, 8)
    guard needsThread else { return }
    do {
      try Thread.start(name: "http-client") { [self] in work() }
    } catch {
      // Without a first thread nothing could ever run; with one the job only waits.
      let left = state.withLock { state in
        state.threads -= 1
        return state.threads
      }
      precondition(left > 0, "\(error)")
    }
  }

  private func work() {
    while let job = next() { job() }
  }

  private func next() -> Job? {
    state.withLock { $0.waiting += 1 }
    while true {
      var ready = pollfd(fd: available, events: Int16(POLLIN), revents: 0)
      let isReady = poll(&ready, 1, Self.idleMilliseconds) > 0
      var count: UInt64 = 0
      if isReady && read(available, &count, 8) != 8 { continue }
      let (job, ends) = state.withLock { state -> (Job?, Bool) in
        if isReady, !state.jobs.isEmpty {
          state.waiting -= 1
          return (state.jobs.removeFirst(), false)
        }
        guard state.jobs.isEmpty else { return (nil, false) }
        state.waiting -= 1
        state.threads -= 1
        return (nil, true)
      }
      if job != nil || ends { return job }
    }
  }
}

/// Ends a blocking call from another thread, by shutting its socket down.
final class Interruption: Sendable {
  private struct State {
    var isCancelled = false
    var descriptor: Int32?
  }

  private let state = Mutex(State())

  var isCancelled: Bool { state.withLock { $0.isCancelled } }

  func cancel() {
    state.withLock { state in
      state.isCancelled = true
      if let descriptor = state.descriptor { shutdown(descriptor, Int32(SHUT_RDWR)) }
    }
  }

  /// Until `detach`, cancelling shuts this socket down; the caller keeps it open for so long.
  func attach(_ descriptor: Int32) throws(HTTPClientError) {
    let isCancelled = state.withLock { state in
      state.descriptor = descriptor
      return state.isCancelled
    }
    if isCancelled { throw .cancelled }
  }

  func detach() { state.withLock { $0.descriptor = nil } }
}
