internal import CTHTTP
internal import CTJSON
internal import CTSpec

/// A request to an operation, made from the spec. It changes nothing: only `POST /events` is sent what it takes; other
/// operations that write get no JSON where they need some, and ids that nothing has.
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
    if !operation.isSafe { probe.body = [] }
    guard let content = operation.requestBody?.content.first else { return probe }
    if operation.name == "POST /events" {
      guard let event = EventMaker(spec: spec, runID: runID).event(name, source: source) else { return nil }
      probe.body = JSONWriter.write(event)
    } else {
      // No JSON: it tells who is let in, and starts nothing where somebody is.
      probe.body = Array("{".utf8)
    }
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
