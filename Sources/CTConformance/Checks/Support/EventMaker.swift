internal import CTJSON
internal import CTSpec

/// Events under ids of the run's own.
struct EventMaker {
  let spec: SpecCatalog
  let runID: RunID

  /// The schema of what `POST /events` takes.
  var schema: SchemaID? { spec.operation("POST", "/events")?.requestBody?.content.preferred?.schema }

  /// The types of the taxonomy, in its order.
  var types: [String] {
    schema.map { spec.document.index.resolved($0).discriminator?.mapping.map(\.value) ?? [] } ?? []
  }

  /// A valid event of a source; nil where the taxonomy has none that the source may send.
  func event(_ name: String, source: String) -> JSONValue? {
    for type in types {
      guard let sample = sample(ofType: type, .minimal), let schema else { continue }
      let event = named(sample, name).replacing([.member("source")], with: .string(source)) ?? .null
      if spec.validator.validate(event, against: schema).isEmpty { return event }
    }
    return nil
  }

  /// An event of a type as the taxonomy describes it, from the source that it names.
  func sample(ofType type: String, _ extent: SampleMaker.Extent) -> JSONValue? {
    guard let schema else { return nil }
    let seed = JSONValue.object([.init(key: "type", value: .string(type))])
    return SampleMaker(index: spec.document.index).value([schema], extent, selecting: seed)
  }

  /// The same event under an id of the run's own, at the run's time.
  func named(_ event: JSONValue, _ name: String) -> JSONValue {
    let renamed = event.replacing([.member("eventId")], with: .string(runID.eventID(name))) ?? event
    return renamed.replacing([.member("ts")], with: .string(runID.instant.description)) ?? renamed
  }
}
