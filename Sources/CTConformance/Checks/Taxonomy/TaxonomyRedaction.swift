internal import CTJSON
internal import CTSpec

/// Personal data goes in, and never comes out (the seed's 2.2).
enum TaxonomyRedaction {
  private static let needs = Check.Needs(tokens: ["maintainer"], secret: true, writes: true)
  private static let clause = Clause.pointer("/paths/~1events/post/description")

  static let marks = Check(
    "taxonomy-redaction-marks", .taxonomy, title: "What a schema marks is dropped, hashed, masked or pointed to",
    expects: "dropped: absent; hashed: equal for equal values; masked: nothing of the value", clause: clause,
    needs: needs
  ) { context async throws(CannotRun) in
    let events = TaxonomyEvents(context: context)
    var sent: [PlantedEvent] = []
    for type in events.maker.types {
      // Twice the same values, and once others.
      for (name, purpose) in [("pii_a", "a"), ("pii_b", "a"), ("pii_c", "b")] {
        guard let planted = PlantedEvent(type, name, purpose, events) else { continue }
        context.session.plant(planted.data)
        if try await planted.send(context) { sent.append(planted) }
      }
    }
    guard !sent.isEmpty else { return context.skip(.missing(["a token that may send events"])) }
    let listed = try await events.listed(sent.map(\.id))
    for planted in sent {
      guard let stored = listed.first(where: { $0["eventId"]?.string == planted.id }) else { continue }
      MarkJudge(context: context, planted: planted, stored: stored).judge()
    }
    let byPlace = Dictionary(grouping: sent) { $0.type }
    for type in events.maker.types {
      let trio = (byPlace[type] ?? []).compactMap { planted in
        listed.first { $0["eventId"]?.string == planted.id }.map { (planted, $0) }
      }
      if trio.count == 3 { MarkJudge.judgeHashes(trio, context) }
    }
    let count = sent.reduce(0) { $0 + $1.marks.count }
    context.saw("\(count) marked values in \(sent.count) events")
    if count == 0 { context.skip(.notInSpec("no schema of an event has x-ct-redact")) }
  }

  static let freeText = Check(
    "taxonomy-redaction-text", .taxonomy, title: "Personal data that no schema marks is found in text, however nested",
    expects: "no response shows it", clause: clause, needs: needs
  ) { context async throws(CannotRun) in
    let events = TaxonomyEvents(context: context)
    var sent: [String] = []
    var probes: [Probe] = []
    for type in events.maker.types {
      guard let operation = context.spec.operation("POST", "/events"), let sender = Sender(context, operation),
        let (event, _) = events.event(ofType: type, "text", extent: .minimal)
      else { continue }
      let samples = PersonalSamples(context.session.runID, "text \(type)", besides: context.spec)
      context.session.plant(samples.all)
      let changed = event.replacing([.member("payload")], with: event["payload"].map { samples.spread(over: $0) })
      guard let probe = events.probe(for: changed ?? event, sender, "text in \(type)"),
        let seen = try await context.send(probe, to: operation)
      else { continue }
      probes.append(probe)
      guard seen.status == 202 else {
        context.unanswered(seen, probe, operation)
        continue
      }
      sent.append(event["eventId"]?.string ?? "")
    }
    guard !sent.isEmpty else { return context.skip(.missing(["a token that may send events"])) }
    // What comes back is judged by the rule for every response.
    let listed = try await events.listed(sent)
    context.saw("\(listed.count { sent.contains($0["eventId"]?.string ?? "") }) events with planted text listed")
  }

  static let refusals = Check(
    "taxonomy-refusal-repeats-nothing", .taxonomy, title: "A refusal does not repeat the personal data that was sent",
    expects: "422 without the values", clause: .pointer("/components/schemas/Problem"),
    needs: .init(secret: true, writes: true)
  ) { context async throws(CannotRun) in
    guard let operation = context.spec.operation("POST", "/events"), let sender = Sender(context, operation) else {
      return context.skip(.missing(["a token that may send events"]))
    }
    let samples = PersonalSamples(context.session.runID, "refused", besides: context.spec)
    context.session.plant(samples.all)
    let event = SmokeEvent(context.session.runID, name: "refused_pii")
    let base = (try? JSONValue(parsing: event.body)) ?? .null
    let wrong: [(String, [PathStep], JSONValue)] = [
      ("as a type", [.member("type")], .string(samples.email.text)),
      ("as a time", [.member("ts")], .string(samples.phone.text)),
      (
        "in a pattern", [.member("payload"), .member("invoiceId")], .string(samples.card.text + " " + samples.name.text)
      ),
      ("as an id", [.member("eventId")], .string(samples.name.text)),
      ("as a correlation", [.member("correlationId")], .string(samples.iban.text + " ")),
    ]
    var bodies = wrong.map { label, path, value in
      (label, JSONWriter.write(base.replacing(path[...], with: value) ?? base))
    }
    let broken = Array("{\"eventId\":\"x\",\"note\":\"\(samples.email.text) \(samples.card.text)\"".utf8)
    bodies.append(("in a text that is no JSON", broken))
    for (label, body) in bodies {
      guard let probe = sender.probe(label, body, source: SmokeEvent.source, keyword: nil),
        let seen = try await context.send(probe, to: operation), ![400, 422].contains(seen.status)
      else { continue }
      context.find(
        "a wrong event is not refused, so that there is no refusal to read", expected: "400 or 422",
        seen: seen.summary, by: [probe])
    }
  }

  static let nowhere = Check(
    "taxonomy-planted-nowhere", .taxonomy, title: "No readable endpoint shows what was planted, to nobody",
    expects: "none of it, in whatever form", clause: clause,
    needs: .init(secret: true, writes: true)
  ) { context async throws(CannotRun) in
    guard !context.session.plantedValues.isEmpty else {
      return context.skip(.notApplicable("nothing was planted: the checks taxonomy-redaction-* have to come before"))
    }
    var count = 0
    for operation in context.spec.operations where operation.isSafe && operation.endlessMediaType == nil {
      let sample = SampleRequest(spec: context.spec, runID: context.session.runID)
      guard operation.path.parameterNames.isEmpty, var probe = sample.bare(operation, label: operation.name) else {
        continue
      }
      probe.target += window(operation, context, probe.target.contains("?") ? "&" : "?")
      for caller in context.roleCallers where caller.map({ operation.admits(role: $0.role) }) ?? operation.admitsAnybody
      {
        var asked = probe
        asked.token = caller.map { .known($0.name) } ?? .none
        asked.label = "\(operation.name) as \(caller?.name ?? "nobody")"
        guard let seen = try await context.send(asked, to: operation) else { continue }
        if !(200..<300).contains(seen.status) { context.unanswered(seen, asked, operation) }
        count += 1
      }
    }
    count += try await StateLists.readItems(context)
    let probe = Probe("GET", "/events/stream", label: "the stream", token: .known("maintainer"))
    if let operation = context.spec.operation("GET", "/events/stream"),
      context.callers.contains(where: { $0.name == "maintainer" })
    {
      try await judgeStream(context, probe, operation)
      count += 1
    }
    context.saw("\(count) readings")
  }

  /// Where a list can be narrowed to the run's time, that, and as much as fits into a page.
  private static func window(_ operation: Operation, _ context: CheckContext, _ separator: String) -> String {
    let index = context.spec.document.index
    func schema(_ name: String) -> Schema? {
      operation.parameters.first { $0.name == name && $0.placement == .query }.map { index.resolved($0.schema) }
    }
    var parts: [String] = []
    if schema("from")?.format == "date-time" { parts.append("from=\(context.session.runID.instant.description)") }
    if let limit = schema("limit")?.maximum { parts.append("limit=\(limit.lexeme)") }
    return parts.isEmpty ? "" : separator + parts.joined(separator: "&")
  }

  /// A stream that begins behind an event shows the next one: the planted one is sent while it is followed.
  private static func judgeStream(
    _ context: CheckContext, _ probe: Probe, _ operation: Operation
  ) async throws(CannotRun) {
    let events = TaxonomyEvents(context: context)
    let planted = events.maker.types.lazy.compactMap { PlantedEvent($0, "pii_stream", "stream", events) }.first {
      !$0.marks.isEmpty
    }
    guard let planted else { return }
    context.session.plant(planted.data)
    let follower = StreamFollower(context: context, probe: probe)
    let heard = try await follower.heard(
      while: { () async throws(CannotRun) in try await planted.send(context) }, until: [planted.id])
    guard let heard else { return }
    let observation = Observation(
      status: 200, reason: "OK", fields: [("Content-Type", "text/event-stream")], body: Array(heard.text.utf8),
      milliseconds: 0)
    context.observe(observation, probe, operation)
    // What it has not shown says nothing about what it would show.
    if !heard.missing.isEmpty {
      context.find(
        "the stream does not show the planted event, so that nothing can be said of it",
        expected: "\(planted.id) within \(Int(context.session.settings.patience.milliseconds)) ms",
        seen: "\(heard.messages.count) messages without it",
        clause: context.spec.reference(operation.location, operation.name), by: [probe, planted.probe])
    }
  }
}

extension CheckContext {
  /// One caller of each role, and nobody.
  var roleCallers: [(name: String, role: String)?] {
    var found: [(name: String, role: String)?] = [nil]
    for caller in callers where !found.contains(where: { $0?.role == caller.role }) { found.append(caller) }
    return found
  }
}
