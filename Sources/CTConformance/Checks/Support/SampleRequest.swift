internal import CTHTTP
internal import CTJSON
internal import CTSpec

/// A request that an operation takes, made from the spec.
struct SampleRequest {
  let spec: SpecCatalog
  let runID: RunID

  /// Nil where the spec does not tell enough. `name` makes the ids in it unique within the run.
  func probe(for operation: Operation, name: String, label: String, source: String = SmokeEvent.source) -> Probe? {
    var target = ""
    for segment in operation.path.segments {
      switch segment {
      case .literal(let text): target += "/" + text
      case .parameter(let parameter):
        guard let value = sample(operation.parameters.first { $0.name == parameter && $0.placement == .path }) else {
          return nil
        }
        target += "/" + PercentEncoding.encode(value.utf8)
      }
    }
    let query = operation.parameters.filter { $0.placement == .query && $0.required }.compactMap { parameter in
      sample(parameter).map { "\(parameter.name)=\(PercentEncoding.encode($0.utf8))" }
    }
    if !query.isEmpty { target += "?" + query.joined(separator: "&") }
    var probe = Probe(operation.method, target.isEmpty ? "/" : target, label: label)
    guard let content = operation.requestBody?.content.first else { return probe }
    guard let schema = content.schema, let body = body(schema, operation, name, source) else { return nil }
    probe.body = JSONWriter.write(body)
    probe.fields.append(("Content-Type", content.name))
    if isSigned(operation) { probe.signature = .correct }
    return probe
  }

  func isSigned(_ operation: Operation) -> Bool {
    operation.security.flatMap(\.schemes).contains { scheme in
      if case .apiKey(_, _, .some) = spec.scheme(named: scheme.name)?.kind { true } else { false }
    }
  }

  private func sample(_ parameter: Parameter?) -> String? {
    guard let parameter else { return nil }
    let value =
      parameter.examples.first?.value.jsonValue
      ?? SampleMaker(index: spec.document.index).value([parameter.schema], .minimal)
    return value.flatMap { $0.string ?? $0.number?.lexeme }
  }

  private func body(_ schema: SchemaID, _ operation: Operation, _ name: String, _ source: String) -> JSONValue? {
    let maker = SampleMaker(index: spec.document.index)
    guard operation.name == "POST /events" else { return maker.value([schema], .minimal) }
    return EventMaker(spec: spec, runID: runID).event(name, source: source)
  }
}

/// Events under ids of the run's own.
struct EventMaker {
  let spec: SpecCatalog
  let runID: RunID

  /// A valid event of a source; nil where the taxonomy has none that the source may send.
  func event(_ name: String, source: String) -> JSONValue? {
    guard let schema = spec.operation("POST", "/events")?.requestBody?.content.first?.schema else { return nil }
    let index = spec.document.index
    for choice in index.resolved(schema).discriminator?.mapping ?? [] {
      let seed = JSONValue.object([.init(key: "type", value: .string(choice.value))])
      guard let sample = SampleMaker(index: index).value([schema], .minimal, selecting: seed) else { continue }
      let event = named(sample, name).replacing([.member("source")], with: .string(source)) ?? .null
      if spec.validator.validate(event, against: schema).isEmpty { return event }
    }
    return nil
  }

  /// The same event under an id of the run's own, at the run's time.
  func named(_ event: JSONValue, _ name: String) -> JSONValue {
    let renamed = event.replacing([.member("eventId")], with: .string(runID.eventID(name))) ?? event
    return renamed.replacing([.member("ts")], with: .string(runID.instant.description)) ?? renamed
  }
}
