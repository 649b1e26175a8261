package import CTGenerated
internal import CTHTTP
internal import CTJSON
internal import CTRuntime
internal import CTStore

extension Tower {
  private static let maximumShown = 1000

  package func listHolds(_ input: ListHolds.Input) async throws -> ListHolds.Output {
    var holds: [CTStore.Hold] = []
    for collection in [CTStore.Hold.activeCollection, CTStore.Hold.releasedCollection] {
      let documents = try await store.documents(
        in: collection, after: nil, descending: true, limit: Self.maximumShown)
      holds += try documents.map { try CTStore.Hold(json: $0.body) }
    }
    holds.sort { $0.id > $1.id }
    return .ok(.init(body: holds.prefix(Self.maximumShown).map { CTGenerated.Hold($0) }))
  }

  package func placeHold(_ input: PlaceHold.Input) async throws -> PlaceHold.Output {
    let now = clock.now()
    let active = try await store.documents(
      in: CTStore.Hold.activeCollection, after: nil, descending: false, limit: CTStore.Hold.maximumActive)
    guard active.count < CTStore.Hold.maximumActive else {
      throw ProblemDetails(
        .conflict, "There are \(CTStore.Hold.maximumActive) holds already; release one that is not needed any more.")
    }
    let request = input.body
    var random = SystemRandomNumberGenerator()
    let hold = CTStore.Hold(
      id: TimedID.make("hold", at: now, &random),
      // The schema lets one of the two through, and not both.
      scope: request.system.map { .system($0.rawValue) }
        ?? .correlation(redactor.recordedIdentifier(request.correlationId ?? "")),
      by: redactor.recordedText(request.by), reason: redactor.recordedText(request.reason), token: input.caller.name,
      placedAt: now)
    let event = TowerEvent.make(
      .holdPlaced, id: "hold_placed", at: now, correlationId: hold.id, [("holdId", hold.id), ("token", hold.token)])
    _ = try await store.commit([.put(hold.key, body: hold.json, if: .absent), .append(event)])
    return .created(.init(body: CTGenerated.Hold(hold)))
  }

  package func releaseHold(_ input: ReleaseHold.Input) async throws -> ReleaseHold.Output {
    let released = DocumentKey(CTStore.Hold.releasedCollection, input.holdId)
    while true {
      if let document = try await store.document(released) {
        return .ok(.init(body: CTGenerated.Hold(try CTStore.Hold(json: document.body))))
      }
      guard let document = try await store.document(DocumentKey(CTStore.Hold.activeCollection, input.holdId)) else {
        throw ProblemDetails(.notFound, "There is no hold with this id.")
      }
      let active = try CTStore.Hold(json: document.body)
      var hold = active
      let now = clock.now()
      hold.release = .init(
        by: redactor.recordedText(input.body.by), reason: redactor.recordedText(input.body.reason),
        token: input.caller.name, at: now)
      let event = TowerEvent.make(
        .holdReleased, id: "hold_released", at: now, correlationId: hold.id,
        [("holdId", hold.id), ("token", input.caller.name)])
      do throws(StoreError) {
        _ = try await store.commit([
          .delete(active.key, if: .version(document.version)), .put(hold.key, body: hold.json, if: .absent),
          .append(event),
        ])
        return .ok(.init(body: CTGenerated.Hold(hold)))
      } catch {
        // Somebody else was faster: then it is as they left it.
        guard error.code == .preconditionFailed else { throw error }
      }
    }
  }
}

extension CTGenerated.Hold {
  /// The hold as the spec shows it.
  init(_ hold: CTStore.Hold) {
    var correlationId: String?
    var system: Source?
    switch hold.scope {
    case .correlation(let id): correlationId = id
    case .system(let name): system = Source(rawValue: name)
    }
    self.init(
      id: hold.id, correlationId: correlationId, system: system, by: hold.by, reason: hold.reason, token: hold.token,
      placedAt: hold.placedAt,
      release: hold.release.map { HoldRelease(by: $0.by, reason: $0.reason, token: $0.token, at: $0.at) })
  }
}
