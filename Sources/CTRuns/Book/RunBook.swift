import CTCrypto
package import CTJSON
package import CTStore

/// The runs in the store. Every change of a run is one commit, which happens only if nobody has changed it meanwhile.
package struct RunBook: Sendable {
  package let store: any Store
  /// The wall clock.
  package let now: @Sendable () -> Timestamp

  package init(store: any Store, now: @escaping @Sendable () -> Timestamp) {
    self.store = store
    self.now = now
  }

  // MARK: Reading

  package func find(_ runId: String) async throws(StoreError) -> RunRecord? {
    try await read(runId)?.run
  }

  /// A run and the version of its document.
  func read(_ runId: String) async throws(StoreError) -> (run: RunRecord, version: Int64)? {
    guard let document = try await store.document(DocumentKey(RunRecord.collection, runId)) else { return nil }
    return (try RunRecord(json: document.body), document.version)
  }

  /// The ids of all runs that wait, the oldest first.
  func queued() async throws(StoreError) -> [String] { try await all(RunRecord.queueCollection).map(\.key.id) }

  /// The ids of all runs that some tower has started and not finished.
  func leased() async throws(StoreError) -> [String] { try await all(RunRecord.leaseCollection).map(\.key.id) }

  private func all(_ collection: String) async throws(StoreError) -> [Document] {
    var all: [Document] = []
    while true {
      let page = try await store.documents(in: collection, after: all.last?.key.id, descending: false, limit: 1000)
      all += page
      if page.count < 1000 { return all }
    }
  }

  // MARK: Creating

  /// What became of a request for a run.
  package enum Creation: Sendable, Equatable {
    case created
    /// The same request was made before, and this is its run.
    case known(runId: String)
    /// The key was used before for another request.
    case keyReused
  }

  /// A caller's name for a request, by which a repeat is known.
  package struct RequestKey: Sendable {
    let id: String
    let digest: String

    package init(_ key: String, initiator: String, trigger: String, inputs: [UInt8]) {
      id = SHA256.hash(Array("\(initiator)\u{0}\(key)".utf8)).hex
      digest = SHA256.hash(Array("\(trigger)\u{0}".utf8) + inputs).hex
    }
  }

  /// Records a run and puts it into the queue, in one commit with `writes`.
  package func create(_ run: RunRecord, key: RequestKey?, with writes: [Write] = []) async throws(StoreError)
    -> Creation
  {
    var run = run
    run.keyId = key?.id
    var batch: [Write] = [.put(run.key, body: run.json, if: .absent)] + run.queueing() + writes
    if let key {
      let body = JSONValue.object([
        .init(key: "runId", value: .string(run.runId)), .init(key: "digest", value: .string(key.digest)),
      ])
      batch.append(.put(DocumentKey(RunRecord.keyCollection, key.id), body: JSONWriter.write(body), if: .absent))
    }
    do {
      _ = try await store.commit(batch)
      return .created
    } catch {
      guard error.code == .preconditionFailed, let key else { throw error }
      if let known = try await creation(under: key) { return known }
      throw error
    }
  }

  /// What an earlier request under this key came to; `nil` when there was none.
  package func creation(under key: RequestKey) async throws(StoreError) -> Creation? {
    guard let document = try await store.document(DocumentKey(RunRecord.keyCollection, key.id)) else { return nil }
    let members = try DocumentMembers(parsing: document.body)
    guard try members.text("digest") == key.digest else { return .keyReused }
    return .known(runId: try members.text("runId"))
  }

  // MARK: Changing

  /// Changes a run, together with the writes that `body` returns; `nil` leaves everything as it is.
  ///
  /// `body` is called again when somebody else has changed the run meanwhile.
  /// - Returns: the run as it is now and whether it was changed; `nil` when there is no such run.
  @discardableResult package func change(
    _ runId: String, _ body: (inout RunRecord) throws(StoreError) -> [Write]?
  ) async throws(StoreError) -> (run: RunRecord, isChanged: Bool)? {
    while true {
      guard let (old, version) = try await read(runId) else { return nil }
      var run = old
      guard let writes = try body(&run) else { return (old, false) }
      do {
        _ = try await store.commit([.put(run.key, body: run.json, if: .version(version))] + writes)
        return (run, true)
      } catch {
        if error.code != .preconditionFailed { throw error }
      }
    }
  }
}
