internal import CTHTTP
internal import CTJSON
internal import CTSpec

/// A request to an operation, made from the spec. It changes nothing: only `POST /events` is sent what it takes; other
/// operations that write get no JSON where they need some, and names of things that are not there.
struct SampleRequest {
  /// How the things are chosen that a path names.
  enum Naming {
    /// As in the spec's examples: there may be such a thing.
    case example
    /// Nothing is called so; where the spec lists all names, one that is not in the list.
    case unknown
    /// One of those that the spec lists, or else one that nothing has.
    case listed
  }

  let spec: SpecCatalog
  let runID: RunID

  /// Nil where the spec does not tell enough. `name` makes the ids in it unique within the run.
  func probe(for operation: Operation, name: String, label: String, source: String = SmokeEvent.source) -> Probe? {
    guard var probe = bare(operation, label: label) else { return nil }
    guard let content = operation.requestBody?.content.preferred else { return probe }
    if operation.name == "POST /events" {
      guard let event = EventMaker(spec: spec, runID: runID).event(name, source: source) else { return nil }
      probe.body = JSONWriter.write(event)
    } else {
      // No JSON: it tells who is let in, and starts nothing where somebody is.
      probe.body = Array("{".utf8)
    }
    probe.fields.append(("Content-Type", content.name))
    return probe
  }

  /// Without a body; signed where the operation asks for it.
  func bare(_ operation: Operation, label: String, naming: Naming? = nil) -> Probe? {
    let naming = naming ?? (operation.isSafe ? .example : .unknown)
    guard let path = path(of: operation, naming) else { return nil }
    let required = operation.parameters.filter(\.required)
    let query = required.filter { $0.placement == .query }.compactMap { parameter in
      sample(parameter).map { "\(parameter.name)=\(PercentEncoding.encode($0.utf8))" }
    }
    var probe = Probe(
      operation.method, query.isEmpty ? path : "\(path)?\(query.joined(separator: "&"))", label: label)
    for parameter in required where parameter.placement == .header {
      if let value = sample(parameter) { probe.fields.append((parameter.name, value)) }
    }
    if !operation.isSafe { probe.body = [] }
    if isSigned(operation) { probe.signature = .correct }
    return probe
  }

  /// The path of an operation, with names in it; some of them may be given.
  func path(of operation: Operation, _ naming: Naming, replacing given: [String: String] = [:]) -> String? {
    var path = ""
    for segment in operation.path.segments {
      switch segment {
      case .literal(let text): path += "/" + text
      case .parameter(let name):
        let parameter = operation.parameters.first { $0.name == name && $0.placement == .path }
        guard let value = given[name] ?? parameter.flatMap({ self.name($0, naming) }) else { return nil }
        path += "/" + PercentEncoding.encode(value.utf8)
      }
    }
    return path.isEmpty ? "/" : path
  }

  /// Whether a request of this kind can do nothing, whoever sends it.
  static func isHarmless(_ operation: Operation) -> Bool {
    operation.isSafe || operation.requestBody != nil || !operation.path.parameterNames.isEmpty
  }

  func isSigned(_ operation: Operation) -> Bool {
    operation.security.flatMap(\.schemes).contains { scheme in
      if case .apiKey(_, _, .some) = spec.scheme(named: scheme.name)?.kind { true } else { false }
    }
  }

  private func name(_ parameter: Parameter, _ naming: Naming) -> String? {
    let facets = Facets([parameter.schema], selecting: .null, in: spec.document.index)
    if let listed = facets.values?.compactMap(\.string) {
      return naming == .unknown ? "ctconform-unknown" : listed.first
    }
    if naming == .example { return sample(parameter) }
    if facets.types?.contains(.integer) == true { return (facets.maximum ?? 2_147_483_647).lexeme }
    let top = min(facets.maxLength ?? 24, max(24, facets.minLength))
    let lengths = (max(1, facets.minLength)...max(top, 1)).reversed()
    return StringMaker(index: spec.document.index).text(pattern: facets.pattern, lengths: lengths)
  }

  private func sample(_ parameter: Parameter) -> String? {
    let value =
      parameter.examples.first?.value.jsonValue
      ?? SampleMaker(index: spec.document.index).value([parameter.schema], .minimal)
    return value.flatMap { $0.string ?? $0.number?.lexeme ?? $0.bool.map { "\($0)" } }
  }
}
