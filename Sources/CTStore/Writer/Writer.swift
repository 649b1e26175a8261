import CTCrypto
import CTJSON
import Glibc

/// The one thread that writes. It takes everything that waits, applies it in one transaction with one sync of the
/// disk, and only then resumes those who wait for it.
///
/// After an error that leaves the disk's state in doubt it gives up its session, refuses everything, and opens a new
/// one when that verifies; see ``WriterSession/verify(acknowledged:)``.
final class Writer {
  private let file: DatabaseFile
  private let options: StoreOptions
  private let queue: WriterQueue
  private let status: StoreStatus
  private let projections: [any Projection]
  private var session: WriterSession?
  private var acknowledged: EventLog.Head
  /// Whether the last write failed; then ``recoverIfDue()`` tries again, also when nobody asks for a write.
  private var isFaulted = false
  private var backoff: Backoff
  /// How many commands the last transaction had.
  private var lastBatch = 0
  /// The last event when house was kept.
  private var housekeptSeq: Int64
  /// When the projections follow at the latest, on ``Clock/milliseconds``.
  private var projectionDue: Int?
  /// Those who wait for the projections, and up to which event.
  private var followers: [(seq: Int64, reply: Command.Reply<Int64>)] = []

  /// Opens the database, creating it if there is none.
  init(
    file: DatabaseFile, options: StoreOptions, queue: WriterQueue, status: StoreStatus, projections: [any Projection]
  ) throws(StoreError) {
    self.file = file
    self.options = options
    self.queue = queue
    self.status = status
    self.projections = projections
    backoff = Backoff(first: options.reopenDelay)
    let session = try WriterSession(file: file, projections: projections, options: options)
    try session.verifyTail()
    acknowledged = session.log.head
    housekeptSeq = session.log.head.seq
    self.session = session
    publish(session)
    noteLag(session)
  }

  var connection: Connection? { session?.connection }

  /// Serves the queue until it is closed and empty.
  func run() {
    var batch: [Command] = []
    while queue.take(into: &batch, waitingAtMost: waitingTime) {
      gather(&batch)
      status.beginWork()
      if isFaulted { recoverIfDue() }
      for start in stride(from: 0, to: batch.count, by: options.batchLimit) {
        serve(batch[start..<min(start + options.batchLimit, batch.count)])
        status.beginWork()
      }
      batch.removeAll(keepingCapacity: true)
      keepHouse()
      status.endWork()
    }
    shutDown()
  }

  /// Waits a moment for more where many write at once, and once more if more came: one sync of the disk then serves all of
  /// them. Each wait is no longer than the last sync was, and a writer that is alone never waits.
  private func gather(_ batch: inout [Command]) {
    defer { lastBatch = batch.count }
    guard !batch.isEmpty, max(batch.count, lastBatch) >= options.gatherFrom else { return }
    let microseconds = min(Int(session?.connection.syncTimes.last ?? 0) / 1000, options.gatherMicroseconds)
    for _ in 0..<options.gatherPauses where batch.count < options.gatherEnough {
      let count = batch.count
      var pause = timespec(tv_sec: 0, tv_nsec: microseconds * 1000)
      nanosleep(&pause, nil)
      queue.add(to: &batch)
      if batch.count == count { return }
    }
  }

  /// How long to wait for commands: until something of our own is to be done.
  private var waitingTime: Int? {
    if !followers.isEmpty { return 0 }
    let projection = projectionDue.map { max(0, $0 - Clock.milliseconds) }
    if !isFaulted { return projection }
    return session == nil ? backoff.remaining : min(backoff.remaining, projection ?? .max)
  }

  // MARK: Commands

  private func serve(_ commands: ArraySlice<Command>) {
    if commands.isEmpty { return }
    guard let session else {
      let error = status.current.fault ?? StoreError(.inputOutput, "the store is not open")
      for command in commands { command.fail(error) }
      return
    }
    do {
      let start = Clock.nanoseconds
      let answers = try Transaction(session).run(commands)
      acknowledged = session.log.head
      succeeded(session, answers, nanoseconds: Clock.nanoseconds - start)
      for answer in answers { answer.deliver() }
    } catch {
      failed(error)
      for command in commands { command.fail(error) }
      return
    }
    for case .project(let reply) in commands { followers.append((session.log.head.seq, reply)) }
    perform(commands, session)
  }

  /// Does what has a transaction of its own. A failure of the disk is noted like that of any other write.
  private func perform(_ commands: ArraySlice<Command>, _ session: WriterSession) {
    for case .perform(let body, let reply) in commands {
      do {
        let now = options.now()
        let result = try session.connection.transaction { () throws(StoreError) in try body(session, now) }
        reply.resume(returning: .success(result))
      } catch {
        if error.isTransient { failed(error) }
        reply.resume(returning: .failure(error))
      }
    }
  }

  private func succeeded(_ session: WriterSession, _ answers: [Answer], nanoseconds: Int64) {
    noteLag(session)
    if isFaulted { recovered() }
    status.update { health in
      health.acknowledgedSeq = session.log.head.seq
      health.commits += 1
      if !answers.isEmpty { health.commitTimes.record(nanoseconds: nanoseconds) }
      health.syncTimes = session.connection.syncTimes
      for answer in answers { answer.count(in: &health) }
    }
    status.commits.advance(to: session.log.head.seq)
  }

  private func failed(_ error: StoreError) {
    status.fail(error)
    if !isFaulted { backoff.start() }
    isFaulted = true
    switch error.code {
    case .inputOutput, .readOnly, .corrupt, .notATowerDatabase: session = nil
    default: break
    }
  }

  // MARK: Between commits

  private func keepHouse() {
    defer { housekeptSeq = acknowledged.seq }
    guard let session else {
      let error = status.current.fault ?? StoreError(.inputOutput, "the store is not open")
      return release(.failure(error)) { _ in true }
    }
    if !followers.isEmpty {
      follow(session)
    } else if let due = projectionDue, due <= Clock.milliseconds {
      _ = advanceProjections(session)
    }
    do {
      try session.checkpoint(over: options.checkpointFrames)
    } catch {
      if error.code != .busy { failed(error) }
    }
  }

  /// Goes one slice on for those who wait, and answers whoever has waited for no more than that. What is written meanwhile
  /// does not wait until the projections have caught up: after millions of events that takes minutes.
  private func follow(_ session: WriterSession) {
    let hasMoved = session.hasProjectionWork && advanceProjections(session)
    let seq = session.projector.seq
    if let fault = status.current.fault { return release(.failure(fault)) { _ in true } }
    // A projection that waits for its next attempt holds nobody up: readers get what there is.
    let isAll = !hasMoved || !session.hasProjectionWork
    release(.success(seq)) { isAll || $0 <= seq }
  }

  /// Answers those who wait for an event of which it is said that they need not wait any more.
  private func release(_ result: Result<Int64, StoreError>, where isDone: (Int64) -> Bool) {
    for follower in followers where isDone(follower.seq) { follower.reply.resume(returning: result) }
    followers.removeAll { isDone($0.seq) }
  }

  /// Events in a slice where nobody waits for a write, and at least where somebody may.
  private static let longSlice: Int64 = 2000
  private static let shortSlice: Int64 = 128

  /// Short while events come, as it holds them up; but longer than they come, or the projections would never catch up.
  private var projectionSlice: Int64 {
    let events = acknowledged.seq - housekeptSeq
    return events == 0 ? Self.longSlice : max(Self.shortSlice, 2 * events)
  }

  /// Brings the projections one slice further; `false` when none of them moved.
  private func advanceProjections(_ session: WriterSession) -> Bool {
    do {
      let hasMoved = try session.projector.advance(limit: Int(projectionSlice))
      status.update { health in
        health.projectionFault = session.projector.fault
        health.projectedSeq = session.projector.seq
      }
      // The rest follows after the next commit; or now, where there is none.
      projectionDue = hasMoved && session.hasProjectionWork ? Clock.milliseconds : nil
      noteLag(session)
      return hasMoved
    } catch {
      status.update { $0.projectionFault = error }
      projectionDue = Clock.milliseconds + 1000
      failed(error)
      return false
    }
  }

  /// Sets when the projections follow: soon when any of them can, else when it is time to look whether one may try again.
  private func noteLag(_ session: WriterSession) {
    guard session.lag > 0 else { return }
    let delay = session.hasProjectionWork ? options.projectionDelay : options.projectionRetryPause
    let due = Clock.milliseconds + delay
    projectionDue = min(projectionDue ?? due, due)
  }

  private func publish(_ session: WriterSession) {
    status.update { health in
      health.acknowledgedSeq = session.log.head.seq
      health.projectedSeq = session.projector.seq
    }
    status.commits.advance(to: session.log.head.seq)
  }

  // MARK: Recovery

  /// Tries to write again: at once into a session that is still good, after a full disk for instance; else into a new one.
  private func recoverIfDue() {
    guard backoff.remaining == 0 else { return }
    do {
      if let session { try session.probe() } else { try reopen() }
      recovered()
    } catch {
      status.fail(error)
      backoff.grow()
    }
  }

  private func reopen() throws(StoreError) {
    let session = try WriterSession(file: file, projections: projections, options: options)
    try session.verify(acknowledged: acknowledged)
    acknowledged = session.log.head
    self.session = session
    projectionDue = nil
    publish(session)
    noteLag(session)
  }

  private func recovered() {
    isFaulted = false
    backoff.reset()
    status.recover()
  }

  /// How long the projections may go on when the store is closed, in milliseconds.
  private static let lastSlices = 2000

  private func shutDown() {
    guard let session else { return }
    // The next start goes on where they are.
    let end = Clock.milliseconds + Self.lastSlices
    while session.hasProjectionWork, Clock.milliseconds < end, advanceProjections(session) {}
    release(.success(session.projector.seq)) { _ in true }
    // Not needed for safety: the next start would read the log. It leaves one file that can be copied.
    try? session.checkpointFully()
    self.session = nil
  }
}
