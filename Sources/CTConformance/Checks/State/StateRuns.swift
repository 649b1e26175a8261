internal import CTHTTP
internal import CTJSON
internal import CTSpec

/// What is started comes to its end, and leaves events.
enum StateRuns {
  static let follow = Check(
    "state-runs", .state, title: "What is started can be followed to its end, and its events are found",
    expects: "a run that ends, the same run for the same Idempotency-Key, and events that name it",
    clause: .pointer("/paths"), needs: .init(writes: true)
  ) { context async throws(CannotRun) in
    let starts = context.spec.starts
    guard !starts.isEmpty else { return context.skip(.notInSpec("there is no operation that starts anything")) }
    for start in starts {
      guard let caller = context.callers.first(where: { start.operation.admits(role: $0.role) }),
        let reader = context.callers.first(where: { start.read.admits(role: $0.role) }),
        let probe = probe(context, start, caller.name)
      else { continue }
      guard let seen = try await context.send(probe, to: start.operation) else { return }
      // Nothing is bound to it in this deployment: it may be to another.
      if seen.status == 404 { continue }
      guard (200..<300).contains(seen.status), let id = seen.json?[start.member]?.string else {
        return context.find(
          "\(start.operation.name) starts nothing", expected: "2xx with \(start.member)", seen: seen.summary,
          clause: context.spec.reference(start.operation.location, start.operation.name), by: [probe])
      }
      let chain = RunChain(context: context, start: start, probe: probe, id: id, reader: reader.name)
      try await chain.judgeRepetition()
      try await chain.judgeEnd()
      return
    }
    context.skip(.notApplicable("no token of the run may start anything, or nothing is bound in this deployment"))
  }

  /// The body of the spec's first example, else the smallest that is valid.
  private static func probe(_ context: CheckContext, _ start: Start, _ token: String) -> Probe? {
    let sample = SampleRequest(spec: context.spec, runID: context.session.runID)
    guard var probe = sample.bare(start.operation, label: "start") else { return nil }
    if let content = start.operation.requestBody?.content.preferred, let schema = content.schema {
      let example = content.examples.first?.value.jsonValue
      let value = example ?? SampleMaker(index: context.spec.document.index).value([schema], .minimal)
      guard let value else { return nil }
      probe.body = JSONWriter.write(value)
      probe.fields.append(("Content-Type", content.name))
    }
    if start.operation.parameters.contains(where: { $0.name == RunChain.key }) {
      probe.setField(RunChain.key, context.session.runID.eventID("start"))
    }
    probe.token = .known(token)
    return probe
  }
}

/// An operation that starts something, and the one that reads it: the answer of the first has the name that the second
/// takes.
struct Start {
  let operation: Operation
  let read: Operation
  /// The member of the answer, and the parameter of the path.
  let member: String
}

extension SpecCatalog {
  /// Operations without a name in their path whose answer names what another operation reads.
  var starts: [Start] {
    operations.filter { $0.method == "POST" && $0.path.parameterNames.isEmpty && $0.name != "POST /events" }
      .compactMap { operation in
        let schema = operation.success?.content.preferred?.schema
        let members = schema.map { document.index.resolved($0).properties.map(\.name) } ?? []
        return operations.lazy.filter { $0.method == "GET" }.compactMap { read -> Start? in
          guard case .parameter(let name)? = read.path.segments.last, members.contains(name) else { return nil }
          return Start(operation: operation, read: read, member: name)
        }.first
      }
  }
}

/// One run, from its start to its end.
struct RunChain {
  /// The field by which a repeat is known.
  static let key = "Idempotency-Key"

  let context: CheckContext
  let start: Start
  let probe: Probe
  let id: String
  let reader: String

  /// The same request with the same key is the same run.
  func judgeRepetition() async throws(CannotRun) {
    guard probe.fields.contains(where: { $0.name == Self.key }),
      let seen = try await context.send(probe, to: start.operation)
    else { return }
    if seen.json?[start.member]?.string != id {
      context.find(
        "the same \(Self.key) starts something else", expected: id, seen: seen.summary,
        clause: context.spec.reference(start.operation.location, start.operation.name), by: [probe, probe])
    }
  }

  func judgeEnd() async throws(CannotRun) {
    let sample = SampleRequest(spec: context.spec, runID: context.session.runID)
    guard let path = sample.path(of: start.read, .example, replacing: [start.member: id]) else { return }
    let read = Probe("GET", path, label: "follow", token: .known(reader))
    let begin = ContinuousClock.now
    // Work takes longer than a list does to catch up.
    let bound = context.session.settings.patience * 6
    while true {
      guard let seen = try await context.peek(read, to: start.read) else { return }
      let waited = ContinuousClock.now - begin
      if seen.status != 200 || hasEnded(seen) || waited > bound {
        context.observe(seen, read, start.read)
        return try await judge(seen, read, waited)
      }
      try? await Task.sleep(for: .milliseconds(100))
    }
  }

  private func judge(_ seen: Observation, _ read: Probe, _ waited: Duration) async throws(CannotRun) {
    let clause = context.spec.reference(start.read.location, start.read.name)
    guard seen.status == 200 else {
      return context.find(
        "what was started cannot be read", expected: "200 OK", seen: seen.summary, clause: clause, by: [probe, read])
    }
    let status = seen.json?["status"]?.string ?? "no status"
    context.saw("\(id) ended as \(status) after \(Int(waited.milliseconds)) ms")
    guard hasEnded(seen) else {
      return context.find(
        "what was started has not ended", expected: "an end within \(Int(waited.milliseconds)) ms", seen: seen.summary,
        clause: clause, by: [probe, read])
    }
    if seen.json?[start.member]?.string != id {
      context.find("another thing is read", expected: id, seen: seen.summary, clause: clause, by: [probe, read])
    }
    try await judgeEvents()
  }

  /// By the instant of its end, as the spec calls it.
  private func hasEnded(_ seen: Observation) -> Bool {
    ["endedAt", "finishedAt", "completedAt"].contains { seen.json?[$0]?.string != nil }
  }

  /// Events that are a consequence of a run carry its id (the seed's 1.3).
  private func judgeEvents() async throws(CannotRun) {
    guard let list = context.spec.operation("GET", "/events"),
      list.parameters.contains(where: { $0.name == "correlationId" }),
      let token = context.callers.first(where: { list.admits(role: $0.role) })?.name
    else { return context.skip(.missing(["a token that may list events by correlationId"])) }
    let listing = EventListing(
      context: context, token: token, query: "correlationId=\(PercentEncoding.encode(id.utf8))")
    let begin = ContinuousClock.now
    while true {
      let result = try await listing.pages()
      guard result.isComplete else { return }
      if !result.events.isEmpty { return }
      guard ContinuousClock.now - begin < context.session.settings.patience else {
        return context.find(
          "a run that has ended has no events", expected: "events with correlationId \(id)", seen: "none",
          clause: context.spec.reference(.parameter("GET", "/events", "correlationId")), by: [probe] + result.probes)
      }
      try? await Task.sleep(for: .milliseconds(50))
    }
  }
}
