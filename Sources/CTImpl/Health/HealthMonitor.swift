package import CTChannels
internal import CTGenerated
package import CTHealth
package import CTJSON
package import CTStore
internal import Synchronization

/// Keeps a health engine up with the log and the clock, and what it decides in the store.
///
///     let monitor = HealthMonitor(store: store, policy: policy, clock: clock, log: log)
///     try await monitor.start()
///     await monitor.run()  // until its task is cancelled
///
/// Everything that an engine decides is put into the store as documents: the status of each system with its history, and
/// the alerts; what channels are to be told goes into the job queue in the same commit. While the store takes no writes,
/// it waits in memory, and channels are told without the queue.
package final class HealthMonitor: Sendable {
  let store: SQLiteStore
  private let clock: TowerClock
  private let log: Log
  private let channels: [String]
  private let certificates: @Sendable () async -> [TowerFacts.Certificate]
  private let tell: @Sendable (Delivery) async throws -> Void
  private let policy: HealthPolicy
  private let state: Mutex<State>
  private let turns = Turns()

  private struct State {
    var engine: HealthEngine
    /// The last event that the engine has seen.
    var seq: Int64 = 0
    var outbox = HealthOutbox()
    var deadLetters: Int?
    var certificates: [TowerFacts.Certificate]?
  }

  /// - Parameters:
  ///   - channels: the names of all channels, for rules that name none.
  ///   - certificates: reads the certificates that are watched.
  ///   - tell: tells a channel at once, while the store takes no writes; what it throws is tried again.
  package init(
    store: SQLiteStore, policy: HealthPolicy, clock: TowerClock, log: Log, channels: [String] = [],
    certificates: @escaping @Sendable () async -> [TowerFacts.Certificate] = { [] },
    tell: @escaping @Sendable (Delivery) async throws -> Void = { _ in throw CancellationError() }
  ) {
    self.store = store
    self.policy = policy
    self.clock = clock
    self.log = log
    self.channels = channels
    self.certificates = certificates
    self.tell = tell
    state = Mutex(State(engine: HealthEngine(policy)))
  }

  /// Takes over what was before, and judges everything for the first time.
  package func start() async throws(StoreError) {
    let now = clock.now()
    let (loaded, seq) = try await HealthLoader(store: store, policy: policy).load(at: now)
    var engine = loaded
    engine.start(at: now)
    state.withLock { state in
      state.engine = engine
      state.seq = seq
    }
    await step()
  }

  /// Follows the log and the clock until the task is cancelled.
  package func run() async {
    // Servers may take their time to answer; nobody waits for them.
    async let watch: Void = watchCertificates()
    while !Task.isCancelled {
      await step()
      if store.health.fault != nil { await tellDirectly() }
      await waitForWork()
    }
    await watch
  }

  /// Looks at the certificates that are watched; what is found counts from the next step on.
  package func readCertificates() async {
    let found = await certificates()
    state.withLock { $0.certificates = found }
  }

  private func watchCertificates() async {
    while !Task.isCancelled {
      await readCertificates()
      try? await Task.sleep(for: Self.certificatePause)
    }
  }

  /// Looks at everything once: the tower itself, the events that are new, what is due; and writes what was decided.
  package func step() async {
    await lookAtTower()
    await catchUp()
    await flush()
  }

  /// Takes account of every event that was acknowledged before the call, and of the time that it is.
  package func catchUp() async {
    do throws(StoreError) {
      while case let seq = state.withLock({ $0.seq }), seq < store.health.acknowledgedSeq {
        let page = try await store.signals(after: seq, limit: Self.page, detailTypes: policy.detailTypes)
        guard let last = page.last else { break }
        let events = page.map { ($0.seq, HealthEvent($0)) }
        state.withLock { state in
          // Somebody else may have read the same page.
          for (seq, event) in events where seq > state.seq { state.engine.observe(event) }
          state.seq = max(state.seq, last.seq)
        }
      }
    } catch {
      log.write(.warning, "health cannot follow the log", [("error", .string(error.message))])
    }
    let health = store.health
    state.withLock { state in
      var facts = TowerFacts()
      facts.storeFault = health.fault?.code.rawValue
      facts.projectionFault = health.projectionFault?.message
      facts.deadLetters = state.deadLetters
      facts.certificates = state.certificates
      let now = clock.now()
      // An event may have been stamped a moment after this.
      let isBehind = now < state.engine.now && state.engine.now.microseconds - now.microseconds < 5 * Span.second
      let instant = isBehind ? state.engine.now : now
      state.engine.note(facts, at: instant)
      state.engine.advance(to: instant)
      state.outbox.add(state.engine.takeChanges(), channels: channels, at: now)
    }
  }

  /// Reads from the engine as it is.
  package func read<Value: Sendable>(_ body: (HealthEngine) -> Value) -> Value {
    state.withLock { body($0.engine) }
  }

  /// Changes something for a person; it is in the store when this returns.
  package func change<Value: Sendable>(
    _ body: @Sendable (inout HealthEngine, Timestamp) -> Value
  ) async throws(StoreError) -> Value {
    await catchUp()
    let now = clock.now()
    let value = state.withLock { state in
      let value = body(&state.engine, now)
      state.outbox.add(state.engine.takeChanges(), channels: channels, at: now)
      return value
    }
    if let error = await flush() { throw error }
    return value
  }

  /// Jobs that wait, and dead letters that are open.
  package func counts() async throws(StoreError) -> (jobs: Int, deadLetters: Int) {
    (try await store.count(in: Job.collection), try await store.count(in: DeadLetter.openCollection))
  }

  // MARK: Parts of a step

  private static let page = 2000
  /// How often it looks at the tower itself when nothing else happens.
  private static let pause: Int64 = 10 * Span.second
  private static let certificatePause = Duration.seconds(3600)

  private func lookAtTower() async {
    if let count = try? await store.count(in: DeadLetter.openCollection) { state.withLock { $0.deadLetters = count } }
  }

  /// - Returns: why not everything is written; it is tried again with the next step.
  @discardableResult private func flush() async -> StoreError? {
    await turns.take { () async -> StoreError? in
      let writes = state.withLock { $0.outbox.take() }
      guard !writes.isEmpty else { return nil }
      do throws(StoreError) {
        _ = try await store.commit(writes.flatMap(\.all))
        return nil
      } catch {
        state.withLock { $0.outbox.putBack(writes) }
        log.write(.warning, "what health has decided cannot be kept", [("error", .string(error.message))])
        return error
      }
    }
  }

  /// Tells channels what waits in memory; what cannot be told now is tried again.
  private func tellDirectly() async {
    await withTaskGroup { group in
      for delivery in state.withLock({ $0.outbox.deliveries }) {
        group.addTask {
          do {
            try await self.tell(delivery)
            self.state.withLock { $0.outbox.remove(delivery) }
          } catch {
            self.log.write(
              .warning, "a channel cannot be told while the store takes no writes",
              [("channel", .string(delivery.channel)), ("error", .string(String(describing: error)))])
          }
        }
      }
    }
  }

  private func waitForWork() async {
    let (seq, next) = state.withLock { ($0.seq, $0.engine.nextChange) }
    let now = clock.now()
    let wait = min(max(0, (next?.microseconds ?? .max) - now.microseconds), Self.pause)
    await withTaskGroup { group in
      group.addTask { [store] in await store.appended(after: seq) }
      group.addTask { try? await Task.sleep(for: .microseconds(wait)) }
      await group.next()
      group.cancelAll()
    }
    // Whatever arrives within a moment is looked at together.
    try? await Task.sleep(for: .milliseconds(20))
  }
}
