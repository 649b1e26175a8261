internal import CTGenerated
internal import CTJSON
package import CTStore
internal import Synchronization

/// Does jobs when they are due: tries again what fails, after longer and longer waits, and makes a dead letter of what
/// fails too often. All of it is in the store, so that a restart changes nothing.
///
///     let runner = JobRunner(store: store, handlers: [handler], log: log)
///     try await runner.enqueue(kind: "alert.mail", id: "alert_4711")
///     await runner.run()  // until its task is cancelled
package final class JobRunner: Sendable {
  private let store: any Store
  private let handlers: [String: any JobHandler]
  private let policy: RetryPolicy
  private let clock: TowerClock
  private let log: Log
  private let state: Mutex<State>

  private struct State {
    var random: SplitMix64
    /// Jobs that are being done, by id.
    var running: Set<String> = []
  }

  /// Jobs at the same time at most; one that hangs holds up one place.
  private static let parallel = 8
  /// How often it is looked whether a job is due: by the wall clock, which may jump.
  private static let pause = Duration.milliseconds(500)

  package init(
    store: any Store, handlers: [any JobHandler], policy: RetryPolicy = RetryPolicy(), clock: TowerClock = .system,
    seed: UInt64 = .random(in: .min ... .max), log: Log
  ) {
    self.store = store
    self.handlers = Dictionary(handlers.map { ($0.kind, $0) }) { first, _ in first }
    self.policy = policy
    self.clock = clock
    self.log = log
    state = Mutex(State(random: SplitMix64(seed: seed)))
  }

  /// Puts a job into the queue; one with an id that is there already is not put there again.
  package func enqueue(
    kind: String, payload: [UInt8] = Array("{}".utf8), id: String? = nil, eventId: String? = nil
  ) async throws(StoreError) {
    let now = clock.now()
    let id = id ?? state.withLock { TimedID.make("job", at: now, &$0.random) }
    do {
      let job = Job(id: id, kind: kind, payload: payload, eventId: eventId, createdAt: now)
      _ = try await store.commit(job.enqueueing)
    } catch {
      if error.code != .preconditionFailed { throw error }
    }
  }

  /// Does jobs as they become due, until the task is cancelled.
  package func run() async {
    await withDiscardingTaskGroup { group in
      while !Task.isCancelled {
        do throws(StoreError) {
          for job in try await claimDue() { group.addTask { await self.attempt(job) } }
        } catch {
          log.write(.warning, "jobs cannot be read", [("error", .string(error.message))])
        }
        try? await Task.sleep(for: Self.pause)
      }
    }
  }

  /// Tries every job that is due now, once. - Returns: how many there were.
  @discardableResult package func runDue() async throws(StoreError) -> Int {
    let jobs = try await claimDue()
    await withDiscardingTaskGroup { group in
      for job in jobs { group.addTask { await self.attempt(job) } }
    }
    return jobs.count
  }

  /// Jobs that are due and that nobody is doing, as many as there are places.
  private func claimDue() async throws(StoreError) -> [Job] {
    let now = clock.now()
    var jobs: [Job] = []
    // A job that hangs stays at the front: look behind as many as can hang.
    for entry in try await store.documents(in: Job.dueCollection, after: nil, descending: false, limit: 100) {
      guard let document = try await store.document(DocumentKey(Job.collection, Job.id(ofDue: entry.key.id))) else {
        continue
      }
      let job = try Job(json: document.body)
      guard job.attempts > 0 ? policy.isDue(job.due, at: now) : job.due <= now || job.createdAt > now else { continue }
      let isFree = state.withLock { state in
        guard state.running.count < Self.parallel else { return false }
        return state.running.insert(job.id).inserted
      }
      if isFree { jobs.append(job) }
    }
    return jobs
  }

  private func attempt(_ job: Job) async {
    do {
      guard let handler = handlers[job.kind] else { throw UnknownKind(kind: job.kind) }
      try await handler.run(job)
      await commit(job.removal, job)
    } catch is CancellationError {
      // The tower stops; nothing has failed.
    } catch {
      await commit(failed(job, error), job)
    }
    state.withLock { _ = $0.running.remove(job.id) }
  }

  /// The writes after a failure: the job waits for its next attempt, or becomes a dead letter.
  private func failed(_ job: Job, _ error: any Error) -> [Write] {
    let now = clock.now()
    let outlook = (error as? JobFailure)?.outlook
    var next = job
    if case .postponed(let seconds) = outlook {
      next.due = Timestamp(microseconds: now.microseconds + Int64(seconds) * 1_000_000)
      return next.rescheduling(from: job)
    }
    next.attempts += 1
    next.error = String(((error as? StoreError)?.message ?? String(describing: error)).prefix(500))
    next.firstFailedAt = job.firstFailedAt ?? now
    log.write(
      .warning, "a job failed",
      [("job", .string(job.id)), ("kind", .string(job.kind)), ("attempts", .int(next.attempts))])
    if outlook == .final || next.attempts >= policy.attempts {
      let letter = state.withLock { state in CTStore.DeadLetter(next, at: now, &state.random) }
      return job.removal + [.put(letter.key, body: letter.json, if: .absent)]
    }
    var delay = state.withLock { state in policy.delay(after: next.attempts, &state.random) }
    // No longer than the cap: a wait beyond it is taken for a clock that was set back.
    if case .notBefore(let seconds) = outlook { delay = max(delay, min(Int64(seconds) * 1_000_000, policy.cap)) }
    next.due = Timestamp(microseconds: now.microseconds + delay)
    return next.rescheduling(from: job)
  }

  /// When this fails, the job is as it was, and is done again.
  private func commit(_ writes: [Write], _ job: Job) async {
    do throws(StoreError) {
      _ = try await store.commit(writes)
    } catch {
      log.write(.warning, "a job's end cannot be noted", [("job", .string(job.id)), ("error", .string(error.message))])
    }
  }
}

/// A job that no part of this version does.
struct UnknownKind: Error, CustomStringConvertible {
  let kind: String
  var description: String { "nothing here does jobs of the kind \(kind)" }
}
