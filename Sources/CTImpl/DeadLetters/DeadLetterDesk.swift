internal import CTGenerated
internal import CTHTTP
internal import CTJSON
internal import CTRuntime
internal import CTStore

/// Decides about dead letters: each once, however many press at the same time.
struct DeadLetterDesk {
  let store: any Store
  let clock: TowerClock

  private var shelf: DeadLetterShelf { DeadLetterShelf(store: store) }

  /// Submits a letter again, or returns it as it is when that was done before.
  func replay(_ id: String, token: String) async throws -> CTStore.DeadLetter {
    while true {
      let (letter, version) = try await shelf.find(id)
      switch letter.state {
      case .replayed: return letter
      case .tombstoned: throw ProblemDetails(.conflict, "The letter was tombstoned; it cannot be replayed any more.")
      case .open: break
      }
      var closed = letter
      closed.state = .replayed
      closed.resolution = .init(token: token, at: clock.now())
      let submission = try await submission(of: letter, &closed)
      if try await close(letter, version, as: closed, with: submission) { return closed }
    }
  }

  /// Closes a letter for good, or returns it as it is when that was done before.
  func tombstone(_ id: String, by: String, reason: String, token: String) async throws -> CTStore.DeadLetter {
    while true {
      let (letter, version) = try await shelf.find(id)
      switch letter.state {
      case .tombstoned: return letter
      case .replayed: throw ProblemDetails(.conflict, "The letter was replayed; there is nothing left to give up.")
      case .open: break
      }
      var closed = letter
      closed.state = .tombstoned
      closed.resolution = .init(token: token, by: by, at: clock.now(), reason: reason)
      if try await close(letter, version, as: closed, with: []) { return closed }
    }
  }

  /// - Returns: `false` when somebody else has decided in the meantime.
  private func close(
    _ letter: CTStore.DeadLetter, _ version: Int64, as closed: CTStore.DeadLetter, with writes: [Write]
  ) async throws(StoreError) -> Bool {
    do {
      let moving: [Write] = [
        .delete(letter.key, if: .version(version)), .put(closed.key, body: closed.json, if: .absent),
      ]
      _ = try await store.commit(moving + writes)
      return true
    } catch {
      guard error.code == .preconditionFailed else { throw error }
      return false
    }
  }

  /// What has to be written so that the letter's matter is tried again; notes in `closed` under which id.
  private func submission(
    of letter: CTStore.DeadLetter, _ closed: inout CTStore.DeadLetter
  ) async throws -> [Write] {
    let id = "replay_\(letter.id.dropFirst(4))"
    guard letter.kind.hasPrefix("projection.") else {
      let job = Job(
        id: id, kind: letter.kind, payload: letter.payload, eventId: letter.eventId, createdAt: clock.now())
      closed.resolution?.jobId = id
      return job.enqueueing
    }
    guard let eventId = letter.eventId, let original = try await store.event(id: eventId) else {
      throw ProblemDetails(.conflict, "The event is no longer in the log; tombstone the letter.")
    }
    closed.resolution?.eventId = id
    return [.append(EventRecord(replaying: original.record, as: id, at: clock.now()))]
  }
}

extension EventRecord {
  /// The same event once more under an id of its own, which names the original in its payload and, where that has no
  /// correlation of its own, as its correlation.
  init(replaying original: EventRecord, as id: String, at now: Timestamp) {
    self = original
    eventId = id
    correlationId = original.correlationId ?? original.eventId
    receivedAt = now
    var members = (try? JSONValue(parsing: original.payload))?.members ?? []
    members.removeAll { $0.key == "replayOf" }
    members.insert(.init(key: "replayOf", value: .string(original.eventId)), at: 0)
    payload = JSONWriter.write(.object(members))
  }
}
