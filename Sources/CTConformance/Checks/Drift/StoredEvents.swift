internal import CTHTTP
internal import CTJSON
internal import CTSpec

/// What is stored against the taxonomy: a sample of the newest events.
enum StoredEvents {
  /// How many are looked at.
  static let sample = 1000

  static let sampled = Check(
    "drift-stored-events", .drift, title: "Stored events are what the taxonomy says",
    expects: "each valid, but for what redaction has changed", clause: .requestBody("POST", "/events"),
    needs: .init(tokens: ["maintainer"])
  ) { context async throws(CannotRun) in
    guard let schema = context.spec.operation("POST", "/events")?.requestBody?.content.preferred?.schema else { return }
    let listing = EventListing(
      context: context, token: "maintainer", query: "limit=\(min(500, context.spec.largestPage))")
    let result = try await listing.pages { $0.events.count >= sample }
    guard result.isComplete else { return }
    guard !result.events.isEmpty else { return context.skip(.notApplicable("no event is stored")) }
    let taxonomy = StoredTaxonomy(spec: context.spec, schema: schema)
    for event in result.events.prefix(sample) {
      guard let fault = taxonomy.faults(of: event).first else { continue }
      let type = event["type"]?.string ?? "an event without a type"
      context.find(
        "a stored \(type) breaks \(fault.keyword) at \(fault.pointer.isEmpty ? "the event" : fault.pointer)",
        expected: fault.detail, seen: event["eventId"]?.string ?? "an event without an id",
        clause: context.spec.reference(
          KeywordFinder(index: context.spec.document.index).location(of: fault, in: event, from: schema),
          "\(fault.keyword) of \(fault.pointer)"),
        by: result.probes)
    }
    context.saw("\(min(sample, result.events.count)) events looked at")
  }
}

/// The taxonomy as it holds for what is stored: without what the deployment adds, and but for what redaction changes.
struct StoredTaxonomy {
  let spec: SpecCatalog
  let schema: SchemaID

  func faults(of stored: JSONValue) -> [SchemaViolation] {
    // What the deployment adds is no part of what was sent.
    let sent = Set(Facets([schema], selecting: stored, in: spec.document.index).properties.map(\.name))
    let event = JSONValue.object((stored.members ?? []).filter { sent.contains($0.key) })
    let marked = Set(markedPointers(event))
    let told = Self.redactedPlaces(stored)
    return spec.validator.validate(event, against: schema).filter { violation in
      // No property that is required is marked, so that what is dropped is never missed.
      !told.contains(Self.generalized(violation.pointer))
        && !marked.contains { violation.pointer == $0 || violation.pointer.hasPrefix($0 + "/") }
    }
  }

  /// Where the deployment says that it has redacted something, with `*` for any place in a list.
  static func redactedPlaces(_ stored: JSONValue) -> Set<String> {
    Set((stored["redactions"]?.elements ?? []).compactMap { $0["pointer"]?.string })
  }

  /// A pointer with `*` for its places in lists.
  static func generalized(_ pointer: String) -> String {
    pointer.split(separator: "/", omittingEmptySubsequences: false)
      .map { JSONPointer.index(String($0)) == nil ? String($0) : "*" }.joined(separator: "/")
  }

  /// Members of the payload that its schema does not name.
  func undeclared(in event: JSONValue) -> [String] {
    guard let payload = event["payload"] else { return [] }
    let facets = Facets([schema], selecting: event, in: spec.document.index)
    let ids = facets.properties.first { $0.name == "payload" }?.schemas ?? []
    return undeclared(in: payload, ids, "/payload")
  }

  /// An object of which nothing is said may hold anything.
  private func undeclared(in value: JSONValue, _ ids: [SchemaID], _ pointer: String) -> [String] {
    let facets = Facets(ids, selecting: value, in: spec.document.index)
    switch value {
    case .object(let members):
      let properties = facets.properties
      guard !properties.isEmpty || pointer == "/payload" else { return [] }
      return members.flatMap { member -> [String] in
        let place = JSONPointer.appending(member.key, to: pointer)
        guard let known = properties.first(where: { $0.name == member.key }) else { return [place] }
        return undeclared(in: member.value, known.schemas, place)
      }
    case .array(let items):
      guard !facets.items.isEmpty else { return [] }
      return items.flatMap { undeclared(in: $0, facets.items, pointer + "/*") }
    default: return []
    }
  }

  private func markedPointers(_ event: JSONValue) -> [String] {
    Mark.all(in: event, [schema], [], spec).map(\.path.pointer)
  }
}
