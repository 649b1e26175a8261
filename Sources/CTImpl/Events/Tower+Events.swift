package import CTGenerated
internal import CTHTTP
internal import CTJSON
internal import CTRuntime
internal import CTStore

extension Tower {
  /// Seed, section 3.1: recorded, or recognised as recorded before; never answered before it is on disk.
  package func createEvent(_ input: CreateEvent.Input) async throws -> CreateEvent.Output {
    let record = try record(of: input)
    let original = try await archive?.originals?.put(input.sealedBody, of: record)
    switch try await store.append(record) {
    case .accepted: return .accepted(.init(body: EventReceipt(eventId: record.eventId, status: .accepted)))
    case .duplicate(let bodyMatches, _):
      // The original that belongs to the event is that of the first body.
      if !bodyMatches, let original { try? await archive?.originals?.delete(original) }
      let receipt = EventReceipt(eventId: record.eventId, status: .duplicate, bodyMatches: bodyMatches)
      return .accepted(.init(body: receipt))
    }
  }

  private func record(of input: CreateEvent.Input) throws -> EventRecord {
    let event = input.body
    if let source = input.caller.source, source != event.source.rawValue {
      throw ProblemDetails(.forbidden, "This token speaks for '\(source)', the event for '\(event.source.rawValue)'.")
    }
    let now = clock.now()
    try Self.refuseFuture(event.ts, now)
    let corrects = try Self.correctedEvent(event)
    return EventRecord(
      eventId: event.eventId, type: event.type.rawValue, ts: event.ts, source: event.source.rawValue,
      correlationId: event.correlationId, payload: event.payload.bytes, bodyDigest: input.bodyDigest, receivedAt: now,
      signal: EventSignal(event.type.health), corrects: corrects, redactions: RedactionList.json(input.redactions))
  }

  /// A day: no clock that anybody looks at is further ahead, and no time zone that was mistaken for another.
  private static let maximumLead: Int64 = 86_400_000_000

  private static func refuseFuture(_ ts: Timestamp, _ now: Timestamp) throws(ProblemDetails) {
    guard ts.microseconds - now.microseconds > maximumLead else { return }
    throw ProblemDetails(
      .unprocessableContent, "The event's time is in the future.",
      violations: [
        .init(pointer: "/ts", keyword: "x-ct-max-lead", detail: "must not be more than 24 hours ahead of the tower")
      ])
  }

  /// Which event a correction is about. It may not be there: it may come later, or be older than the log.
  private static func correctedEvent(_ event: Event.Redacted) throws -> String? {
    guard event.type == .eventCorrected else { return nil }
    // Not by the payload's schema: what stands in for personal data may be longer than what the schema lets in.
    let original = JSONReader.read(event.payload.bytes) { json in
      json.peekMember("originalEventId").map { json.string($0) }
    }
    guard original == event.eventId else { return original }
    throw ProblemDetails(
      .unprocessableContent, "An event cannot correct itself.",
      violations: [
        .init(pointer: "/payload/originalEventId", keyword: "x-ct-other-event", detail: "must not be the eventId")
      ])
  }

  /// One event; seed, section 5.5: a correction refers to its original, and the original to its corrections.
  package func getEvent(_ input: GetEvent.Input) async throws -> GetEvent.Output {
    guard let event = try await store.event(id: redactor.recordedIdentifier(input.eventId)) else {
      throw ProblemDetails(.notFound, "There is no event with this id, or retention has removed it.")
    }
    return .ok(.init(body: try StoredEvent(event)))
  }

  /// Seed, section 3.2: newest first, as a JSON array, with a link to the next page.
  package func listEvents(_ input: ListEvents.Input) async throws -> ListEvents.Output {
    let filter = EventFilter(
      source: input.source?.rawValue, type: input.type?.rawValue,
      correlationId: input.correlationId.map(redactor.recordedIdentifier), from: input.from, to: input.to)
    let page = try await store.events(
      matching: filter, after: input.cursor.map { EventCursor(text: $0) }, limit: input.limit)
    let link = page.next.map { Self.nextLink(input, cursor: $0.text) }
    return .ok(.init(link: link, body: try page.events.map(StoredEvent.init)))
  }

  /// The address of the next page (RFC 8288): the same filters with another cursor.
  private static func nextLink(_ input: ListEvents.Input, cursor: String) -> String {
    var query: [(String, String)] = []
    if let source = input.source { query.append(("source", source.rawValue)) }
    if let type = input.type { query.append(("type", type.rawValue)) }
    if let from = input.from { query.append(("from", from.description)) }
    if let to = input.to { query.append(("to", to.description)) }
    if let id = input.correlationId { query.append(("correlationId", id)) }
    query.append(("limit", String(input.limit)))
    query.append(("cursor", cursor))
    let text = query.map { "\($0)=\(PercentEncoding.encode($1.utf8))" }.joined(separator: "&")
    return "</events?\(text)>; rel=\"next\""
  }
}

extension CTGenerated.StoredEvent {
  /// The event as the spec shows it. A type or source that the taxonomy has no longer is a fault of the taxonomy.
  init(_ stored: CTStore.StoredEvent) throws {
    let record = stored.record
    guard let type = EventType(rawValue: record.type), let source = Source(rawValue: record.source) else {
      throw TaxonomyError(eventId: record.eventId, type: record.type, source: record.source)
    }
    self.init(
      eventId: record.eventId, type: type, ts: record.ts, source: source, correlationId: record.correlationId,
      corrects: record.corrects, correctedBy: stored.correctedBy.isEmpty ? nil : stored.correctedBy,
      payload: RawJSON(checked: record.payload), redactions: try record.redactions.map(RedactionList.notes),
      ingest: Ingest(receivedAt: record.receivedAt, attempt: 1, status: .accepted))
  }
}

/// A stored event whose type or source the taxonomy does not have: types are never to be removed from it.
struct TaxonomyError: Error, CustomStringConvertible {
  let eventId: String
  let type: String
  let source: String

  var description: String {
    "the stored event \(eventId) has the type '\(type)' and the source '\(source)', which the event schema has not"
  }
}

extension EventSignal {
  init(_ health: HealthSignal?) {
    switch health {
    case .error: self = .error
    case .heartbeat: self = .heartbeat
    case .activity, nil: self = .activity
    }
  }
}
