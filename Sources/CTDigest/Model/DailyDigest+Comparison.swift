extension DailyDigest {
  /// The digest with what each number and status was in the one before.
  package func compared(with earlier: DailyDigest) -> DailyDigest {
    var digest = self
    digest.comparedWith = earlier.date
    digest.previousStatus = earlier.status
    digest.systems = systems.map { $0.compared(with: earlier.systems) }
    digest.objectives = objectives.map { $0.compared(with: earlier.objectives) }
    digest.runs.compare(with: earlier.runs)
    digest.log.events = Figure(
      max(0, Int(log.lastSeq - earlier.log.lastSeq)),
      previous: earlier.comparedWith == nil ? nil : earlier.log.events.value)
    if let section = earlier.ci { digest.ci?.compare(with: section) }
    if let section = earlier.exceptions { digest.exceptions?.compare(with: section) }
    if let section = earlier.finance { digest.finance?.compare(with: section) }
    return digest
  }
}

extension Figure {
  fileprivate mutating func compare(with earlier: Figure) { previous = earlier.value }
}

extension Measure {
  fileprivate mutating func compare(with earlier: Measure) { previous = earlier.value }
}

extension SystemEntry {
  fileprivate func compared(with earlier: [SystemEntry]) -> SystemEntry {
    guard let before = earlier.first(where: { $0.systemId == systemId }) else { return self }
    var entry = self
    entry.previousStatus = before.status
    entry.errors24h.compare(with: before.errors24h)
    return entry
  }
}

extension ObjectiveEntry {
  fileprivate func compared(with earlier: [ObjectiveEntry]) -> ObjectiveEntry {
    guard let before = earlier.first(where: { $0.id == id }) else { return self }
    var entry = self
    entry.previousStatus = before.status
    entry.value.compare(with: before.value)
    entry.trend = (before.trend + trend).suffix(Self.trendLimit)
    return entry
  }
}

extension RunsSection {
  fileprivate mutating func compare(with earlier: RunsSection) {
    finished.compare(with: earlier.finished)
    failed.compare(with: earlier.failed)
    finished7d.compare(with: earlier.finished7d)
    failed7d.compare(with: earlier.failed7d)
    cancelled7d.compare(with: earlier.cancelled7d)
  }
}

extension CISection {
  fileprivate mutating func compare(with earlier: CISection) {
    failures.compare(with: earlier.failures)
    failures7d.compare(with: earlier.failures7d)
    for index in repositories.indices {
      let before = earlier.repositories.first { $0.repo == repositories[index].repo }
      // One that an incomplete list does not name may have had failures.
      guard before != nil || earlier.repositoriesOmitted == 0 else { continue }
      repositories[index].failures7d.previous = before?.failures7d.value ?? 0
    }
  }
}

extension ExceptionsSection {
  fileprivate mutating func compare(with earlier: ExceptionsSection) {
    errors.compare(with: earlier.errors)
    bodyMismatches = Figure(
      max(0, bodyMismatchesTotal - earlier.bodyMismatchesTotal), previous: earlier.bodyMismatches.value)
    deadLetters.open.compare(with: earlier.deadLetters.open)
  }
}

extension FinanceSection {
  fileprivate mutating func compare(with earlier: FinanceSection) {
    generated.count.compare(with: earlier.generated.count)
    paid.count.compare(with: earlier.paid.count)
    generated30d.count.compare(with: earlier.generated30d.count)
    paid30d.count.compare(with: earlier.paid30d.count)
    averageDaysToPay.compare(with: earlier.averageDaysToPay)
    unpaid.compare(with: earlier.unpaid)
  }
}
