package import CTArtifacts
package import CTGenerated
internal import CTHealth
internal import CTJSON
package import CTStore

/// Removes what is too old, and says what it would remove.
///
/// Days are whole: what came on a day (in UTC) is kept for so many days after it, and is gone after the first run behind
/// them.
package struct RetentionDesk: Sendable {
  private let store: any Store & LogKeeper
  private let limits: Retention
  private let artifacts: any ArtifactStore
  private let originals: OriginalVault?
  private let clock: TowerClock
  /// How long to wait after each small batch, so that intake hardly notices it.
  private let pause: Duration

  private static let day: Int64 = 86_400_000_000
  static let runs = "runs"
  /// A state of each system for each day: `2025-09-27_finance`.
  package static let systemsHistory = "systems-history"
  /// What health and alerts leave behind goes with the history of systems; their ids have the time in hexadecimal.
  private static let changes = [StatusChange.historyCollection, CTHealth.Alert.closedCollection]

  package init(
    store: any Store & LogKeeper, limits: Retention, artifacts: any ArtifactStore, originals: OriginalVault?,
    clock: TowerClock, pause: Duration = .milliseconds(5)
  ) {
    self.store = store
    self.limits = limits
    self.artifacts = artifacts
    self.originals = originals
    self.clock = clock
    self.pause = pause
  }

  /// What a run removed.
  package struct Report: Sendable, Hashable {
    package var events = ExpiryReport()
    package var runs = ExpiryReport()
    package var systems = ExpiryReport()

    package var words: String {
      let held = events.held + runs.held
      return "\(events.removed) events, \(runs.removed) runs and \(systems.removed) states of systems were removed"
        + (held > 0 ? "; holds keep \(events.held) events and \(runs.held) runs" : "")
    }
  }

  /// The midnight in UTC before which what is kept for so many days is too old.
  func limit(_ days: Int) -> Timestamp {
    let today = clock.now().microseconds / Self.day
    return Timestamp(microseconds: (today - Int64(days)) * Self.day)
  }

  package func run() async throws -> Report {
    var report = Report()
    let limit = limit(limits.eventsDays)
    var originals = originals
    if try await originals?.isEmpty() ?? true { originals = nil }
    report.events = try await store.expire(before: limit, pause: pause) { [originals] in
      try await originals?.forget($0)
    }
    if let originals { try await originals.sweep(before: limit, kept: try await store.heldEvents()) }
    report.runs = try await documents(Self.runs, removes: true)
    try await sweepRunArtifacts()
    report.systems = try await systems(removes: true)
    try await store.shrink(pause: pause)
    return report
  }

  package func plan() async throws -> RetentionPlan {
    func part(_ name: String, _ days: Int, _ report: ExpiryReport) -> RetentionOfCollection {
      RetentionOfCollection(
        name: name, days: days, removedBefore: limit(days), expired: report.removed, held: report.held)
    }
    let events = try await store.expiry(before: limit(limits.eventsDays))
    let runs = try await documents(Self.runs, removes: false)
    let systems = try await systems(removes: false)
    return RetentionPlan(
      asOf: clock.now(),
      collections: [
        part("events", limits.eventsDays, events), part("runs", limits.runsDays, runs),
        part("systems", limits.systemsDays, systems),
      ])
  }

  /// Removes logs and files whose runs are gone: also what was left behind when the tower died in the middle.
  private func sweepRunArtifacts() async throws {
    let limit = limit(limits.runsDays)
    var known: [String: Bool] = [:]
    var hasRemoved = false
    for artifact in try await artifacts.all(prefix: "runs/") where artifact.createdAt < limit {
      try Task.checkCancellation()
      let runId = artifact.name.segments[1]
      if known[runId] == nil { known[runId] = try await store.document(DocumentKey(Self.runs, runId)) != nil }
      if known[runId] == true { continue }
      try await artifacts.delete(artifact.name)
      hasRemoved = true
    }
    if hasRemoved { try await artifacts.reclaim() }
  }

  // MARK: Documents

  private func systems(removes: Bool) async throws -> ExpiryReport {
    var report = ExpiryReport()
    for collection in [Self.systemsHistory] + Self.changes {
      let part = try await documents(collection, removes: removes)
      report.removed += part.removed
      report.held += part.held
    }
    return report
  }

  private func documents(_ collection: String, removes: Bool) async throws -> ExpiryReport {
    let holds = try await activeHolds()
    var report = ExpiryReport()
    var last: String?
    while true {
      try Task.checkCancellation()
      let page = try await store.documents(in: collection, after: last, descending: false, limit: 200)
      let old = page.filter { isExpired($0) }
      let expired = old.filter { !isHeld($0, holds) }
      report.held += old.count - expired.count
      report.removed += expired.count
      if removes, !expired.isEmpty {
        // One that was written meanwhile is left for the next run.
        for document in expired {
          do throws(StoreError) {
            _ = try await store.commit([.delete(document.key, if: .version(document.version))])
          } catch {
            guard error.code == .preconditionFailed else { throw error }
            report.removed -= 1
          }
        }
        try await Task.sleep(for: pause)
      }
      guard page.count == 200 else { return report }
      last = page.last?.key.id
    }
  }

  /// A run is too old by the time it ended at, and one that has not ended is not; a state of a system by its day.
  private func isExpired(_ document: Document) -> Bool {
    if Self.changes.contains(document.key.collection) {
      return Self.time(ofId: document.key.id).map { $0 < limit(limits.systemsDays) } ?? false
    }
    guard document.key.collection == Self.runs else {
      return document.key.id.prefix(10) < limit(limits.systemsDays).description.prefix(10)
    }
    let members = try? DocumentMembers(parsing: document.body)
    guard let end = members?.optionalText("endedAt").flatMap({ Timestamp($0) }) else { return false }
    return end < limit(limits.runsDays)
  }

  /// The time in an id such as `00063fe2a4c1b800_portal` or `alert_00063fe2a4c1b8005f3a9c01`.
  private static func time(ofId id: String) -> Timestamp? {
    let digits = id.hasPrefix("alert_") ? id.dropFirst(6).prefix(16) : id.prefix(16)
    return Int64(digits, radix: 16).map { Timestamp(microseconds: $0) }
  }

  private func isHeld(_ document: Document, _ holds: Holds) -> Bool {
    document.key.collection == Self.runs && holds.correlations.contains(document.key.id)
  }

  private func activeHolds() async throws -> Holds {
    let documents = try await store.documents(
      in: CTStore.Hold.activeCollection, after: nil, descending: false, limit: CTStore.Hold.maximumActive)
    return Holds(try documents.map { try CTStore.Hold(json: $0.body) })
  }
}
