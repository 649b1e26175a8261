package import CTJSON
package import CTStore
import Foundation
import Synchronization

/// Does jobs at their times, each once for all towers that share a store: after a restart, over changes of the clocks,
/// and when the clock jumps. What was missed while no tower ran is made up for once.
///
///     let scheduler = Scheduler(store: store, jobs: [digest], now: clock.now)
///     await scheduler.run()  // until its task is cancelled
///
/// Who does a job holds a lease on it, in the store, and renews it. When a tower dies with a lease, another begins the
/// same run again once the lease is over. A run that fails is tried again after longer and longer waits; after the last
/// attempt it becomes a dead letter (`schedule.<name>`), and the job goes on with its next run.
package final class Scheduler: Sendable {
  package let jobs: [ScheduledJob]
  let store: any Store
  let options: SchedulerOptions
  let now: @Sendable () -> Timestamp
  private let observe: @Sendable (SchedulerEvent) -> Void
  /// Who this is, among the schedulers on the store.
  private let owner: String
  private let state: Mutex<State>

  private struct State {
    var random: SplitMix64
    /// Jobs that are being done here, with the lease's end.
    var running: [String: Running] = [:]
  }

  private struct Running {
    var leaseUntil: Timestamp
    var task: Task<String, any Error>?
  }

  package init(
    store: any Store, jobs: [ScheduledJob], options: SchedulerOptions = SchedulerOptions(),
    now: @escaping @Sendable () -> Timestamp, seed: UInt64 = .random(in: .min ... .max),
    observe: @escaping @Sendable (SchedulerEvent) -> Void = { _ in }
  ) {
    precondition(Set(jobs.map(\.name)).count == jobs.count, "two jobs have the same name")
    self.store = store
    self.jobs = jobs
    self.options = options
    self.now = now
    self.observe = observe
    var random = SplitMix64(seed: seed)
    owner = TimedID.hexadecimal(random.next())
    state = Mutex(State(random: random))
  }

  /// Does jobs as they become due, until the task is cancelled.
  package func run() async {
    await withDiscardingTaskGroup { group in
      while !Task.isCancelled {
        do throws(StoreError) {
          try await renewLeases()
          for claim in try await claimDue() { group.addTask { await self.perform(claim) } }
        } catch {
          observe(.unreadable(error))
        }
        try? await Task.sleep(for: options.pause)
      }
    }
  }

  /// Does every job that is due now, to its end. - Returns: how many there were.
  @discardableResult package func runDue() async throws(StoreError) -> Int {
    let claims = try await claimDue()
    await withDiscardingTaskGroup { group in
      for claim in claims { group.addTask { await self.perform(claim) } }
    }
    return claims.count
  }

  /// Does a run again that was given up, under the key that it had: not the times of day decide, but a person.
  /// - Returns: whether there is such a job, and nobody else does it now.
  package func runAgain(_ name: String, key: String) async throws -> Bool {
    guard let job = jobs.first(where: { $0.name == name }) else { return false }
    let now = now()
    guard let claim = try await claim(job, at: now, { _ in Self.occurrence(of: job, key: key, at: now) }) else {
      return false
    }
    await perform(claim)
    return true
  }

  private static func occurrence(of job: ScheduledJob, key: String, at now: Timestamp) -> JobState.Occurrence {
    guard case .daily(let time, let zone) = job.schedule, let date = LocalDate(key) else {
      return .init(key: key, due: now, date: nil)
    }
    return .init(key: key, due: date.instant(at: time, in: zone), date: date)
  }

  /// What is known of the jobs, in the order in which they were given.
  package func status() async throws(StoreError) -> [JobStatus] {
    let now = now()
    var all: [JobStatus] = []
    for job in jobs {
      let state = try await load(job.name)?.state ?? JobState(since: now)
      all.append(
        JobStatus(
          name: job.name, schedule: job.schedule, lastRun: state.lastRun, lastSuccessAt: state.lastSuccessAt,
          failures: state.failures, isRunning: state.isLeased(from: "", at: now, longest: options.lease),
          nextAt: state.next(of: job.schedule, at: now, options.retries)))
    }
    return all
  }

  // MARK: Claiming

  struct Claim: Sendable {
    let job: ScheduledJob
    let run: ScheduledRun
  }

  private func load(_ name: String) async throws(StoreError) -> (state: JobState, version: Int64)? {
    guard let document = try await store.document(DocumentKey(JobState.collection, name)) else { return nil }
    return (try JobState(json: document.body), document.version)
  }

  private func claimDue() async throws(StoreError) -> [Claim] {
    var claims: [Claim] = []
    for job in jobs {
      let now = now()
      let claim = try await claim(job, at: now) { $0.occurrence(of: job.schedule, at: now, self.options.retries) }
      if let claim { claims.append(claim) }
    }
    return claims
  }

  /// Takes the lease for what is to be done; `nil` when nothing is, or when somebody else has it.
  private func claim(
    _ job: ScheduledJob, at now: Timestamp, _ occurrence: (JobState) -> JobState.Occurrence?
  ) async throws(StoreError) -> Claim? {
    if state.withLock({ $0.running[job.name] != nil }) { return nil }
    guard let known = try await load(job.name) else {
      _ = try await save(JobState(since: now), job.name, .absent)
      return nil
    }
    var next = known.state
    guard let due = occurrence(next), !next.isLeased(from: owner, at: now, longest: options.lease) else { return nil }
    next.owner = owner
    next.leaseUntil = leaseEnd(now)
    guard try await save(next, job.name, .version(known.version)) else { return nil }
    state.withLock { $0.running[job.name] = Running(leaseUntil: leaseEnd(now)) }
    return Claim(
      job: job,
      run: ScheduledRun(key: due.key, due: due.due, date: due.date, previous: next.done.last, startedAt: now))
  }

  private func leaseEnd(_ now: Timestamp) -> Timestamp { Timestamp(microseconds: now.microseconds + options.lease) }

  /// - Returns: whether nobody else was faster.
  private func save(_ state: JobState, _ name: String, _ precondition: Precondition) async throws(StoreError) -> Bool {
    do throws(StoreError) {
      _ = try await store.commit([.put(DocumentKey(JobState.collection, name), body: state.json, if: precondition)])
      return true
    } catch {
      if error.code == .preconditionFailed { return false }
      throw error
    }
  }

  /// Renews the leases of which half is over. Who has lost one stops.
  func renewLeases() async throws(StoreError) {
    let now = now()
    let due = state.withLock { state in
      state.running.filter {
        abs($0.value.leaseUntil.microseconds - now.microseconds - options.lease) > options.lease / 2
      }
      .keys
    }
    for name in due {
      if let known = try await load(name), known.state.owner == owner {
        var next = known.state
        next.leaseUntil = leaseEnd(now)
        if try await save(next, name, .version(known.version)) {
          state.withLock { $0.running[name]?.leaseUntil = leaseEnd(now) }
          continue
        }
      }
      state.withLock { $0.running[name]?.task }?.cancel()
    }
  }

  // MARK: Doing

  private func perform(_ claim: Claim) async {
    let task = Task { try await claim.job.run(claim.run) }
    state.withLock { $0.running[claim.job.name]?.task = task }
    let result = await withTaskCancellationHandler {
      await task.result
    } onCancel: {
      task.cancel()
    }
    do {
      try await note(result, claim)
    } catch {
      // The lease runs out, and the run is done again.
      observe(.unnoted(claim.job.name, error))
    }
    state.withLock { $0.running[claim.job.name] = nil }
  }

  /// Writes down how a run has ended, unless somebody else has taken it over.
  private func note(_ result: Result<String, any Error>, _ claim: Claim) async throws(StoreError) {
    guard let known = try await load(claim.job.name), known.state.owner == owner else { return }
    var next = known.state
    next.owner = nil
    next.leaseUntil = nil
    var writes: [Write] = []
    switch result {
    case .success(let detail): succeed(&next, claim, detail)
    case .failure(let error) where error is CancellationError || Task.isCancelled: break  // The tower stops.
    case .failure(let error): writes = fail(&next, claim, Self.words(for: error))
    }
    writes.append(
      .put(DocumentKey(JobState.collection, claim.job.name), body: next.json, if: .version(known.version)))
    _ = try await store.commit(writes)
  }

  private static func words(for error: any Error) -> String {
    String(((error as? StoreError)?.message ?? String(describing: error)).prefix(500))
  }

  private func succeed(_ state: inout JobState, _ claim: Claim, _ detail: String) {
    let now = now()
    end(&state, claim, .succeeded, detail, now)
    state.lastSuccessAt = now
    settle(&state, claim)
    observe(.succeeded(claim.job.name, key: claim.run.key, detail: detail))
  }

  private func fail(_ state: inout JobState, _ claim: Claim, _ error: String) -> [Write] {
    let now = now()
    end(&state, claim, .failed, error, now)
    state.failures += 1
    state.firstFailedAt = state.firstFailedAt ?? now
    observe(.failed(claim.job.name, key: claim.run.key, attempt: state.failures, error: error))
    guard state.failures >= options.retries.attempts else {
      let delay = self.state.withLock { options.retries.delay(after: state.failures, &$0.random) }
      state.retryAt = Timestamp(microseconds: now.microseconds + delay)
      return []
    }
    let letter = self.state.withLock { self.makeLetter(state, claim, error, now, &$0.random) }
    settle(&state, claim)
    return [.put(letter.key, body: letter.json, if: .absent)]
  }

  private func end(
    _ state: inout JobState, _ claim: Claim, _ outcome: JobStatus.Outcome, _ detail: String, _ now: Timestamp
  ) {
    state.lastRun = JobStatus.LastRun(
      key: claim.run.key, startedAt: claim.run.startedAt, endedAt: now, outcome: outcome,
      detail: String(detail.prefix(500)))
  }

  /// The run is over, well or not: the next one comes at its own time.
  private func settle(_ state: inout JobState, _ claim: Claim) {
    state.noteDone(claim.run.key)
    state.lastDue = claim.run.due
    state.failures = 0
    state.firstFailedAt = nil
    state.retryAt = nil
  }

  private func makeLetter(
    _ state: JobState, _ claim: Claim, _ error: String, _ now: Timestamp, _ random: inout SplitMix64
  ) -> DeadLetter {
    var payload = DocumentMembers()
    payload.add("job", claim.job.name)
    payload.add("run", claim.run.key)
    return DeadLetter(
      id: TimedID.make("dlq", at: now, &random), kind: Self.deadLetterKind(claim.job.name), payload: payload.bytes,
      eventId: nil, error: error, attempts: state.failures, firstFailedAt: state.firstFailedAt ?? now, deadAt: now)
  }

  /// The kind of the dead letters of a job.
  package static func deadLetterKind(_ name: String) -> String { "schedule.\(name)" }
}

package struct SchedulerOptions: Sendable {
  /// How often it is looked whether something is due: by the wall clock, which may jump.
  package var pause = Duration.seconds(1)
  /// How long a lease lasts, in microseconds: so much later a run that was cut off is begun again. Five minutes.
  package var lease: Int64 = 300_000_000
  /// When a run that failed is tried again.
  package var retries = RetryPolicy()

  package init() {}
}

/// What a scheduler has to tell.
package enum SchedulerEvent: Sendable {
  case succeeded(String, key: String, detail: String)
  case failed(String, key: String, attempt: Int, error: String)
  /// How a run has ended could not be written down.
  case unnoted(String, any Error)
  /// What is due could not be read.
  case unreadable(StoreError)
}
