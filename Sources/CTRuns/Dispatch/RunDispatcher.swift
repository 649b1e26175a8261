import CTHTTP
import CTJSON
import CTStore
import Synchronization

/// Starts runs when their turn comes, and sees that each ends. What waits and what is under way is in the store, so that
/// a restart changes nothing but the time.
package final class RunDispatcher: Sendable {
  let book: RunBook
  let archive: RunArchive
  let settings: RunSettings
  let signals: RunSignals
  let client: HTTPClient
  private let triggers: [String: TriggerDefinition]
  private let line: Mutex<RunLine>
  private let wakes: AsyncStream<Void>
  private let waker: AsyncStream<Void>.Continuation

  /// How often it is looked whether a run is overdue.
  private static let pause = Duration.seconds(1)
  /// How long a function may take to answer a call; longer work is answered 202.
  private static let callTimeout = Duration.seconds(120)

  package init(book: RunBook, archive: RunArchive, settings: RunSettings, signals: RunSignals) {
    self.book = book
    self.archive = archive
    self.settings = settings
    self.signals = signals
    triggers = Dictionary(settings.triggers.map { ($0.name, $0) }) { first, _ in first }
    line = Mutex(RunLine(settings.triggers))
    (wakes, waker) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    var configuration = HTTPClientConfiguration()
    configuration.bodyLimit = 1 << 20
    configuration.responseTimeout = Self.callTimeout
    configuration.outbound = settings.outbound
    client = HTTPClient(configuration: configuration)
  }

  func trigger(_ name: String) -> TriggerDefinition? { triggers[name] }

  // MARK: The queue

  /// Promises a place in a trigger's queue, which has to be redeemed; `false` when it is full.
  func promise(_ trigger: String) -> Bool { line.withLock { $0.promise(trigger) } }

  func redeem(_ trigger: String, with runId: String?) {
    line.withLock { $0.redeem(trigger, with: runId) }
    waker.yield()
  }

  /// A run that waits has been cancelled.
  func remove(_ runId: String, _ trigger: String) { line.withLock { $0.remove(runId, trigger) } }

  /// The control of a run that is under way here.
  func control(of runId: String) -> RunControl? { line.withLock { $0.active[runId]?.control } }

  package func counts(_ trigger: String) -> (queued: Int, running: Int) { line.withLock { $0.counts(trigger) } }

  // MARK: Running

  /// Takes up what an earlier tower left, then starts runs as they come, until ``stop(drain:)`` or until the task is
  /// cancelled.
  package func run() async {
    guard await takeUp() else { return }
    await withDiscardingTaskGroup { group in
      group.addTask { await self.watchTime() }
      waker.yield()
      for await _ in wakes {
        while let next = line.withLock({ $0.next() }) {
          group.addTask { [self] in
            await supervise(next.runId, next.trigger, next.control)
            line.withLock { $0.end(next.runId) }
            signals.changed(Self.anyRun)
            waker.yield()
          }
        }
        if line.withLock({ $0.isStopping && $0.active.isEmpty }) { break }
      }
      group.cancelAll()
    }
  }

  /// - Returns: whether it could be done; `false` when the task was cancelled first.
  private func takeUp() async -> Bool {
    while !Task.isCancelled {
      do throws(StoreError) {
        let runs = try await Recovery(dispatcher: self).recover()
        line.withLock { line in for run in runs { line.add(run.runId, run.trigger) } }
        return true
      } catch {
        settings.warn("", "runs cannot be taken up: \(error.message)")
        try? await Task.sleep(for: Self.pause)
      }
    }
    return false
  }

  /// A run that changes whenever any ends.
  private static let anyRun = ""

  /// Starts nothing more, waits so long for what is under way, then interrupts it. Returns when nothing is under way.
  package func stop(drain: Duration) async {
    line.withLock { $0.isStopping = true }
    waker.yield()
    await withTaskGroup { group in
      group.addTask { await self.idle() }
      group.addTask { try? await Task.sleep(for: drain) }
      await group.next()
      group.cancelAll()
    }
    for (control, _) in line.withLock({ Array($0.active.values) }) { control.end(.interrupt) }
    await idle()
  }

  /// Returns when nothing is under way, or when the task is cancelled.
  package func idle() async {
    await signals.following(Self.anyRun) {
      while !Task.isCancelled {
        let version = signals.version(of: Self.anyRun)
        if line.withLock({ $0.active.isEmpty }) { return }
        await signals.change(of: Self.anyRun, after: version)
      }
    }
  }

  // MARK: Time

  private func watchTime() async {
    while !Task.isCancelled {
      await markOverdue()
      try? await Task.sleep(for: Self.pause)
    }
  }

  /// Notes, once for each, which runs take longer than they should.
  package func markOverdue() async {
    for (runId, active) in line.withLock({ $0.active }) {
      guard let sla = triggers[active.trigger]?.sla else { continue }
      let now = book.now()
      let change = try? await book.change(runId) { run in
        guard run.status == .running, !run.isOverdue, let start = run.startedAt,
          now.microseconds - start.microseconds > sla.microseconds
        else { return nil }
        return run.markOverdue(sla: sla, at: now)
      }
      if change?.isChanged == true { settings.warn(runId, "the run takes longer than it should") }
    }
  }
}

extension Duration {
  var microseconds: Int64 { components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000 }
}
