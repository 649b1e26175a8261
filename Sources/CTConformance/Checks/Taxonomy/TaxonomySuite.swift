internal import CTJSON
internal import CTSpec

/// The taxonomy: every type, from its source, redacted as its schema says (the seed's section 2).
package enum TaxonomySuite {
  package static let checks: [Check] = [
    everyType, unknownTypes, TaxonomyRedaction.marks, TaxonomyRedaction.freeText, TaxonomyRedaction.refusals,
    TaxonomyRedaction.nowhere,
  ]

  static let everyType = Check(
    "taxonomy-every-type", .taxonomy, title: "Every type of the taxonomy is taken, and listed as it was sent",
    expects: "202 Accepted, and all that is not marked for redaction as it was",
    clause: .requestBody("POST", "/events"),
    needs: .init(tokens: ["maintainer"], secret: true, writes: true)
  ) { context async throws(CannotRun) in
    let events = TaxonomyEvents(context: context)
    var sent: [(type: String, event: JSONValue, probe: Probe)] = []
    for type in events.maker.types {
      guard let (event, probe) = events.event(ofType: type, "type", extent: .maximal) else { continue }
      guard let seen = try await context.send(probe, to: context.spec.operation("POST", "/events")) else { continue }
      if seen.status == 202 {
        sent.append((type, event, probe))
      } else {
        context.find(
          "\(type) is not taken", expected: "202 Accepted", seen: seen.summary, clause: events.clause(ofType: type),
          by: [probe])
      }
    }
    guard !sent.isEmpty else { return context.skip(.missing(["a token that may send events"])) }
    let listed = try await events.listed(sent.compactMap { $0.event["eventId"]?.string })
    for (type, event, probe) in sent {
      guard let stored = listed.first(where: { $0["eventId"]?.string == event["eventId"]?.string }) else { continue }
      guard let place = events.difference(event, stored, ofType: type) else { continue }
      context.find(
        "\(type) is not listed as it was sent", expected: "\(place) as it was", seen: "another value, or none",
        clause: events.clause(ofType: type), by: [probe])
    }
    context.saw("\(sent.count) of \(events.maker.types.count) types")
  }

  static let unknownTypes = Check(
    "taxonomy-unknown-type", .taxonomy, title: "A type that is not in the taxonomy is refused",
    expects: "422 Unprocessable Content", clause: .requestBody("POST", "/events"),
    needs: .init(secret: true, writes: true)
  ) { context async throws(CannotRun) in
    let events = TaxonomyEvents(context: context)
    guard let type = events.maker.types.first(where: { events.event(ofType: $0, "x", extent: .minimal) != nil }),
      let (event, probe) = events.event(ofType: type, "refused_type", extent: .minimal)
    else { return context.skip(.missing(["a token that may send events"])) }
    let wrong = [
      "ctconform.unknown", type.uppercased(), type + ".v2", type + " ", " " + type, type.replacing(".", with: "_"),
      String(type.prefix { $0 != "." }), "*", "",
    ]
    let probes = wrong.filter { !events.maker.types.contains($0) }.map { name -> Probe in
      var probe = probe
      probe.body = JSONWriter.write(event.replacing([.member("type")], with: .string(name)) ?? event)
      probe.label = "type '\(name)'"
      probe.keyword = "enum"
      return probe
    }
    let operation = context.spec.operation("POST", "/events")
    try await context.sendAll(probes.map { Planned($0, to: operation) }) { (place, seen) throws(CannotRun) in
      guard seen.status != 422 else { return }
      context.find(
        "a type that is not in the taxonomy is taken", expected: "422 Unprocessable Content for \(probes[place].label)",
        seen: seen.summary, by: [probes[place]])
    }
  }
}

/// Events of each type, and what the taxonomy says about them.
struct TaxonomyEvents {
  let context: CheckContext

  var maker: EventMaker { EventMaker(spec: context.spec, runID: context.session.runID) }

  /// Nil where no token of the run speaks for the type's source.
  func event(
    ofType type: String, _ name: String, extent: SampleMaker.Extent
  ) -> (event: JSONValue, probe: Probe)? {
    guard let operation = context.spec.operation("POST", "/events"), let sender = Sender(context, operation),
      let sample = maker.sample(ofType: type, extent)
    else { return nil }
    let event = maker.named(sample, "\(name)_\(type)")
    return probe(for: event, sender, type).map { (event, $0) }
  }

  func probe(for event: JSONValue, _ sender: Sender, _ label: String) -> Probe? {
    let source = event["source"]?.string ?? SmokeEvent.source
    return sender.probe(label, JSONWriter.write(event), source: source, keyword: nil)
  }

  func clause(ofType type: String) -> ClauseReference? {
    guard let schema = maker.schema else { return nil }
    let index = context.spec.document.index
    let branch = index.resolved(schema).discriminator?.mapping.first { $0.value == type }?.schema
    return branch.map { context.spec.reference(index[$0].location, "the branch of \(type)") }
  }

  /// The events of these ids as a maintainer sees them, waited for. One that is not there is a finding.
  func listed(_ ids: [String]) async throws(CannotRun) -> [JSONValue] {
    let query = "from=\(context.session.runID.instant.description)&limit=\(context.spec.largestPage)"
    return try await EventListing(context: context, token: "maintainer", query: query).found(ids).events
  }

  /// Every property of the payload that a schema marks, with its place.
  func marks(_ event: JSONValue) -> [Mark] {
    guard let schema = maker.schema else { return [] }
    return Mark.all(in: event, [schema], [], context.spec)
  }

  /// The first place where a stored event is not what was sent; what is marked counts nowhere.
  func difference(_ sent: JSONValue, _ stored: JSONValue, ofType type: String) -> String? {
    let marked = Set(marks(sent).map(\.path))
    let told = StoredTaxonomy.redactedPlaces(stored)
    for name in ["type", "source", "correlationId", "payload"] {
      guard let value = sent[name] else { continue }
      if let place = difference(value, stored[name], [.member(name)], marked, told) { return place }
    }
    return nil
  }

  private func difference(
    _ sent: JSONValue, _ stored: JSONValue?, _ path: [PathStep], _ marked: Set<[PathStep]>, _ told: Set<String>
  ) -> String? {
    if marked.contains(path) || told.contains(StoredTaxonomy.generalized(path.pointer)) { return nil }
    if case .object(let members) = sent, stored?.members != nil {
      return members.lazy.compactMap {
        difference($0.value, stored?[$0.key], path + [.member($0.key)], marked, told)
      }.first
    }
    if case .array(let items) = sent, let others = stored?.elements, items.count == others.count {
      return zip(items, others).enumerated().lazy.compactMap {
        difference($0.element.0, $0.element.1, path + [.item($0.offset)], marked, told)
      }.first
    }
    return sent == stored ? nil : path.pointer
  }
}

/// A property that a schema marks with `x-ct-redact`.
struct Mark {
  let path: [PathStep]
  let redaction: Redaction
  let location: SourceLocation
  /// Whether it holds text, so that something personal fits into it.
  let isText: Bool

  static func all(in value: JSONValue, _ ids: [SchemaID], _ path: [PathStep], _ spec: SpecCatalog) -> [Mark] {
    let index = spec.document.index
    let facets = Facets(ids, selecting: value, in: index)
    if let schema = facets.schemas.first(where: { $0.redact != nil }), let redaction = schema.redact {
      let location = schema.keywordLocations["x-ct-redact"] ?? schema.location
      let isText = facets.types == [.string] && facets.pattern == nil && facets.format == nil
      return [Mark(path: path, redaction: redaction, location: location, isText: isText)]
    }
    switch value {
    case .object:
      return facets.properties.flatMap { property -> [Mark] in
        guard let child = value[property.name] else { return [] }
        return all(in: child, property.schemas, path + [.member(property.name)], spec)
      }
    case .array(let items):
      return items.enumerated().flatMap { all(in: $0.element, facets.items, path + [.item($0.offset)], spec) }
    default: return []
    }
  }
}

extension JSONValue {
  /// What stands at a place; nil for nothing.
  func at(_ path: some Sequence<PathStep>) -> JSONValue? {
    var value: JSONValue? = self
    for step in path {
      switch step {
      case .member(let name): value = value?[name]
      case .item(let place): value = value?.elements.flatMap { $0.indices.contains(place) ? $0[place] : nil }
      }
    }
    return value
  }
}
