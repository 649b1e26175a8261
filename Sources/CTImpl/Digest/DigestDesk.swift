internal import CTCrypto
internal import CTDigest
package import CTFigures
internal import CTGenerated
internal import CTJSON
internal import CTSchedule
package import CTStore
internal import Foundation

/// Makes digests and finds those that were made.
package struct DigestDesk: Sendable {
  let plan: DigestPlan
  let clock: TowerClock
  private let store: any Store & LogKeeper & FigureSource
  private let health: any DigestHealthSource

  package init(
    store: any Store & LogKeeper & FigureSource, health: any DigestHealthSource, plan: DigestPlan, clock: TowerClock
  ) {
    self.store = store
    self.health = health
    self.plan = plan
    self.clock = clock
  }

  // MARK: Finding

  /// One document for each date, which is the digest as JSON: that there is only one is what the store promises.
  static let collection = "digests"

  func digest(of date: LocalDate) async throws -> CTDigest.DailyDigest? {
    try await store.document(DocumentKey(Self.collection, date.description)).map { try .init(json: $0.body) }
  }

  /// Digests before a date, the latest first.
  func digests(before date: LocalDate, limit: Int) async throws -> [CTDigest.DailyDigest] {
    try await store.documents(in: Self.collection, after: date.description, descending: true, limit: limit)
      .map { try .init(json: $0.body) }
  }

  /// The last digest up to today: a clock that was ahead for a while may have left others.
  func latest() async throws -> CTDigest.DailyDigest? { try await digests(before: tomorrow, limit: 1).first }

  var today: LocalDate { LocalDate(of: clock.now(), in: plan.zone) }
  var tomorrow: LocalDate { today.adding(days: 1) }

  // MARK: Making

  /// The digest of a date: the one that is there, or a new one. However often this is called, and by however many
  /// towers on the store, there is one.
  func make(_ date: LocalDate) async throws -> (digest: CTDigest.DailyDigest, isNew: Bool) {
    if let digest = try await digest(of: date) { return (digest, false) }
    _ = try await store.makeCheckpoint()
    let end = date.instant(at: plan.time, in: plan.zone)
    let before = try await digests(before: date, limit: 1).first
    let digest = try await write(date, period(to: end, date, after: before), .final, after: before)
    do throws(StoreError) {
      let key = DocumentKey(Self.collection, date.description)
      // The e-mail is asked for in the same commit: it is sent, and once.
      _ = try await store.commit([.put(key, body: try json(of: digest), if: .absent)] + mailJob(of: digest))
      return (digest, true)
    } catch {
      // Another tower was faster.
      guard error.code == .preconditionFailed, let other = try await self.digest(of: date) else { throw error }
      return (other, false)
    }
  }

  /// What a digest would say now, of the last 24 hours.
  func preview() async throws -> CTDigest.DailyDigest {
    let now = clock.now()
    let period = Period(from: Timestamp(microseconds: now.microseconds - Self.day), to: now)
    return try await write(today, period, .preview, after: nil)
  }

  private static let day: Int64 = 86_400_000_000
  /// After longer downtime than this, the figures do not cover all of it.
  private static let longestPeriod = 31 * day

  /// From the end of the digest before: after downtime one digest tells of all that time, and no event is in two.
  private func period(to end: Timestamp, _ date: LocalDate, after before: CTDigest.DailyDigest?) -> Period {
    let start = before?.period.to ?? date.adding(days: -1).instant(at: plan.time, in: plan.zone)
    return Period(from: max(start, Timestamp(microseconds: end.microseconds - Self.longestPeriod)), to: end)
  }

  private func write(
    _ date: LocalDate, _ period: Period, _ state: CTDigest.DailyDigest.State, after before: CTDigest.DailyDigest?
  ) async throws -> CTDigest.DailyDigest {
    let health = try await self.health.digestHealth(period)
    let figures = try await store.figures(for: period, githubLastHeartbeat: health.githubLastHeartbeat)
    let lastSeq = store.health.acknowledgedSeq
    var objectives = health.objectives
    for index in objectives.indices {
      objectives[index].trend = [.init(date: date.description, value: objectives[index].value.value)]
    }
    let digest = CTDigest.DailyDigest(
      date: date.description, timeZone: plan.zone.identifier,
      utcOffsetMinutes: plan.zone.secondsFromGMT(for: period.to.foundationDate) / 60, state: state,
      generatedAt: clock.now(), period: period, status: .worst(health.systems.map(\.status)),
      systems: health.systems, objectives: objectives, runs: figures.runs, alerts: health.alerts,
      log: LogSection(lastSeq: lastSeq, events: Figure(Int(lastSeq)), checkpoint: try await checkpoint()),
      ci: figures.ci, exceptions: try await exceptions(figures.errors, period), finance: figures.finance)
    return before.map { digest.compared(with: $0) } ?? digest
  }

  /// The last that was made; this one's is made right before.
  func lastCheckpoint() async throws(StoreError) -> Checkpoint? { try await store.lastCheckpoint() }

  private func checkpoint() async throws -> LogSection.Checkpoint? {
    try await lastCheckpoint().map {
      LogSection.Checkpoint(seq: $0.seq, chain: $0.hash.hex, madeAt: $0.madeAt)
    }
  }

  private func exceptions(_ errors: FunctionErrorFigures, _ period: Period) async throws -> ExceptionsSection {
    ExceptionsSection(
      errors: errors.errors, errors7d: errors.errors7d, signatures: errors.signatures,
      signaturesOmitted: errors.signaturesOmitted, bodyMismatchesTotal: try await BodyMismatches.count(store),
      deadLetters: try await deadLetters(period))
  }

  private func deadLetters(_ period: Period) async throws -> ExceptionsSection.DeadLetters {
    let now = clock.now()
    var letters = ExceptionsSection.DeadLetters(open: Figure(0), new: 0, overdue: 0, oldestAt: nil)
    var last: String?
    repeat {
      let page = try await store.documents(
        in: CTStore.DeadLetter.openCollection, after: last, descending: false, limit: 1000)
      for document in page {
        let letter = try CTStore.DeadLetter(json: document.body)
        letters.open.value += 1
        if letter.deadAt >= period.from { letters.new += 1 }
        if letter.nextReview < now { letters.overdue += 1 }
        letters.oldestAt = min(letters.oldestAt ?? letter.deadAt, letter.deadAt)
      }
      last = page.count == 1000 ? page.last?.key.id : nil
    } while last != nil && letters.open.value < 10_000
    return letters
  }

  private func json(of digest: CTDigest.DailyDigest) throws(StoreError) -> [UInt8] {
    do { return try digest.json } catch { throw StoreError(.other, "the digest cannot be written as JSON: \(error)") }
  }
}

extension Timestamp {
  var foundationDate: Date { Date(timeIntervalSince1970: Double(microseconds) / 1_000_000) }
}
