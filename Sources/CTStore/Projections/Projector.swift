import CTJSON

/// Applies the projections to the log, each at its own pace.
///
/// It shares the writer's thread and its connection. A connection of its own would have to wait for the writer's lock and
/// the writer for its, and each commit by another connection would empty the writer's page cache. Its commits are not
/// synced (`synchronous = NORMAL`): losing the last of them in a power cut only means that they are made again.
///
/// An event that a projection cannot take holds up that projection only, and not for ever: it is tried again after 1, 2,
/// 4, … seconds, and then becomes a dead letter while the projection goes on behind it. A failure of the disk is no
/// failure of an event: it is thrown, and counts nothing.
final class Projector {
  private let connection: Connection
  private let streams: StreamTable
  private let documents: DocumentTable
  private let policy: RetryPolicy
  private let now: @Sendable () -> Timestamp
  private var random: SplitMix64
  private var followers: [Follower]
  private let detailTypes: Set<String>
  /// Projections that are equally far share what was read for the first of them.
  private var page: (after: Int64, limit: Int, events: [ProjectedEvent])?
  /// Dead letters made since the start.
  private(set) var deadLetters = 0

  private struct Follower {
    let projection: any Projection
    var seq: Int64
    var retry: ProjectionRetry?
  }

  init(
    _ connection: Connection, streams: StreamTable, projections: [any Projection], options: StoreOptions = .init()
  ) throws(StoreError) {
    self.connection = connection
    self.streams = streams
    documents = DocumentTable(connection: connection)
    policy = options.projectionRetries
    now = options.now
    random = SplitMix64(seed: options.seed)
    detailTypes = projections.reduce(into: []) { $0.formUnion($1.detailTypes) }
    followers = []
    for projection in projections {
      let seq = try Self.offset(of: projection, connection)
      let retry = try ProjectionRetry.load(projection.name, documents)
      // A projection that is made again from the first event forgets what it waited for.
      followers.append(Follower(projection: projection, seq: seq, retry: retry?.seq == seq + 1 ? retry : nil))
    }
  }

  /// The last event that every projection has seen.
  var seq: Int64 { followers.map(\.seq).min() ?? .max }

  /// Why some projection does not follow; `nil` when all do.
  var fault: StoreError? {
    followers.lazy.compactMap(\.retry).first.map { retry in
      StoreError(.other, "the projection \(retry.projection) fails at event \(retry.seq): \(retry.error)")
    }
  }

  /// Whether any projection can go on now, and does not wait for its next attempt.
  func hasWork(upTo head: Int64) -> Bool {
    let now = now()
    return followers.contains { follower in
      follower.seq < head && follower.retry.map { policy.isDue($0.due, at: now) } ?? true
    }
  }

  /// Applies up to `limit` events to each projection that does not wait.
  /// - Returns: whether any of them got further.
  func advance(limit: Int) throws(StoreError) -> Bool {
    try connection.execute("PRAGMA synchronous = NORMAL")
    // Cannot fail in a way that keeps NORMAL: the pragma sets a flag, and the writer gives up a connection that errs.
    defer { page = nil }
    do {
      let together = try advanceTogether(limit)
      var hasMoved = !together.isEmpty
      for index in followers.indices where !together.contains(index) {
        if try advance(index, limit) { hasMoved = true }
      }
      try connection.execute("PRAGMA synchronous = FULL")
      return hasMoved
    } catch {
      try connection.execute("PRAGMA synchronous = FULL")
      throw error
    }
  }

  /// Projections that are equally far share a transaction, as they mostly do: each writes few pages, some of them the same.
  /// - Returns: those that got further; none when one of them cannot take some event, which then is found for each alone.
  private func advanceTogether(_ limit: Int) throws(StoreError) -> [Int] {
    guard let seq = followers.lazy.filter({ $0.retry == nil }).map(\.seq).min() else { return [] }
    let abreast = followers.indices.filter { followers[$0].retry == nil && followers[$0].seq == seq }
    guard abreast.count > 1, case let events = try read(after: seq, limit: limit), !events.isEmpty else { return [] }
    do {
      try apply(events, abreast)
      return abreast
    } catch {
      guard error.code.blamesTheEvent else { throw error }
      return []
    }
  }

  /// One projection. A batch that fails is halved until the event is alone that cannot be applied.
  private func advance(_ index: Int, _ limit: Int) throws(StoreError) -> Bool {
    if let retry = followers[index].retry, !policy.isDue(retry.due, at: now()) { return false }
    var limit = followers[index].retry == nil ? limit : 1
    while true {
      let events = try read(after: followers[index].seq, limit: limit)
      guard let first = events.first else { return false }
      do {
        try apply(events, [index])
        return true
      } catch {
        guard error.code.blamesTheEvent else { throw error }
        if events.count == 1 { return try noteFailure(of: first, error, index) }
        limit = events.count / 2
      }
    }
  }

  private func apply(_ events: [ProjectedEvent], _ indices: [Int]) throws(StoreError) {
    let last = events[events.count - 1].seq
    try connection.transaction { () throws(StoreError) in
      for index in indices {
        try followers[index].projection.apply(events, to: connection)
        try move(followers[index], to: last)
      }
    }
    for index in indices {
      followers[index].seq = last
      followers[index].retry = nil
    }
  }

  private func move(_ follower: Follower, to seq: Int64) throws(StoreError) {
    let name = follower.projection.name
    try connection.run("UPDATE projections SET seq = ? WHERE name = ?", .integer(seq), .text(name))
    if follower.retry != nil { try documents.delete(ProjectionRetry.key(name), if: .none) }
  }

  // MARK: Failures

  /// - Returns: whether the projection has got past the event, by giving it up.
  private func noteFailure(of event: ProjectedEvent, _ error: StoreError, _ index: Int) throws(StoreError) -> Bool {
    let now = now()
    let name = followers[index].projection.name
    var retry =
      followers[index].retry
      ?? ProjectionRetry(
        projection: name, seq: event.seq, attempts: 0, error: "", firstFailedAt: now, due: now)
    retry.attempts += 1
    retry.error = error.message
    if retry.attempts >= policy.attempts {
      try giveUp(retry, index, at: now)
      return true
    }
    retry.due = Timestamp(microseconds: now.microseconds + policy.delay(after: retry.attempts, &random))
    try connection.transaction { () throws(StoreError) in
      try documents.put(ProjectionRetry.key(name), body: retry.json, if: .none, at: now)
    }
    followers[index].retry = retry
    return false
  }

  private func giveUp(_ retry: ProjectionRetry, _ index: Int, at now: Timestamp) throws(StoreError) {
    let eventId = try connection.cached("SELECT event_id FROM events WHERE seq = ?")
      .firstRow([.integer(retry.seq)]) { $0.text(0) }
    let letter = DeadLetter(
      id: TimedID.make("dlq", at: now, &random), kind: "projection.\(retry.projection)",
      payload: Array(#"{"seq":\#(retry.seq)}"#.utf8), eventId: eventId, error: retry.error, attempts: retry.attempts,
      firstFailedAt: retry.firstFailedAt, deadAt: now)
    followers[index].retry = retry
    let follower = followers[index]
    try connection.transaction { () throws(StoreError) in
      try documents.put(letter.key, body: letter.json, if: .absent, at: now)
      try move(follower, to: retry.seq)
    }
    followers[index].seq = retry.seq
    followers[index].retry = nil
    deadLetters += 1
  }

  // MARK: Reading

  private func read(after seq: Int64, limit: Int) throws(StoreError) -> [ProjectedEvent] {
    if let page, page.after == seq, page.limit == limit { return page.events }
    let reader = ProjectedEventReader(connection: connection, streams: streams, detailTypes: detailTypes)
    let events = try reader.read(after: seq, limit: limit)
    page = (seq, limit, events)
    return events
  }

  /// How far a projection is; a new one, or one whose version has changed, begins with the first event.
  private static func offset(of projection: any Projection, _ connection: Connection) throws(StoreError) -> Int64 {
    let select = try connection.cached("SELECT seq FROM projections WHERE name = ? AND version = ?")
    let key: [SQLValue] = [.text(projection.name), .integer(projection.version)]
    if let seq = try select.firstRow(key, { $0.integer(0) }) { return seq }
    try connection.transaction { () throws(StoreError) in
      try projection.clear(connection)
      try connection.run(
        "INSERT OR REPLACE INTO projections VALUES (?, ?, 0)", .text(projection.name), .integer(projection.version))
    }
    return 0
  }
}

extension StoreError.Code {
  /// Whether a projection's error says something about the event, and nothing about the disk or the file.
  fileprivate var blamesTheEvent: Bool {
    switch self {
    case .other, .invalidArgument, .preconditionFailed: true
    default: false
    }
  }
}
