internal import CTSpec

/// Chooses who sends a body, and where it goes.
struct Sender {
  private let context: CheckContext
  let operation: Operation
  private let producers: Set<String>
  private let fallback: String

  /// Nil without any token that is let in, or the secret where bodies are signed.
  init?(_ context: CheckContext, _ operation: Operation) {
    let sample = SampleRequest(spec: context.spec, runID: context.session.runID)
    if sample.isSigned(operation), context.session.credentials.secret == nil { return nil }
    let callers = context.callers.filter { operation.admits(role: $0.role) }
    producers = Set(callers.filter { $0.role == "producer" }.map(\.name))
    guard let fallback = callers.first(where: { $0.role != "producer" })?.name ?? callers.first?.name else {
      return nil
    }
    self.context = context
    self.operation = operation
    self.fallback = fallback
  }

  /// Whether the operation is the one that takes events.
  var isIntake: Bool { operation.name == "POST /events" }

  /// Nil where nobody of the run may speak for the source. Other operations than that of events get a path whose thing is
  /// not there, unless the spec lists all there are.
  func probe(_ label: String, _ body: [UInt8], source: String, keyword: String?) -> Probe? {
    let sample = SampleRequest(spec: context.spec, runID: context.session.runID)
    guard var probe = sample.bare(operation, label: label, naming: .listed) else { return nil }
    let isKnown = producers.contains(source)
    guard isKnown || !isIntake || context.spec.role(ofToken: fallback) != "producer" else { return nil }
    probe.token = .known(isKnown ? source : fallback)
    probe.fields.append(("Content-Type", operation.requestBody?.content.preferred?.name ?? "application/json"))
    probe.body = body
    probe.keyword = keyword
    return probe
  }
}

extension SpecCatalog {
  /// Operations with a JSON body, that of events first, each with its schema.
  var bodies: [(operation: Operation, schema: SchemaID)] {
    let all = operations.compactMap { operation -> (operation: Operation, schema: SchemaID)? in
      let content = operation.requestBody?.content.first { $0.name.hasSuffix("json") }
      return content?.schema.map { (operation, $0) }
    }
    return all.filter { $0.operation.name == "POST /events" } + all.filter { $0.operation.name != "POST /events" }
  }
}
