internal import CTJSON
internal import CTSpec

/// Bodies that are no JSON, or are said to be something else.
enum ContractForms {
  private static let needs = Check.Needs(writes: true)

  static let notJSON = Check(
    "contract-body-not-json", .contract, title: "A body that is not JSON is refused", expects: "400 Bad Request",
    clause: .response("POST", "/events", 400), needs: needs
  ) { context async throws(CannotRun) in
    let texts = BrokenJSON.texts
    try await each(context, texts.map { ($0.label, $0.body, nil) }) { seen, place, probe, sender in
      guard seen.status != 400 else { return }
      context.find(
        "a body that is not JSON is not answered 400\(at(sender))", expected: "400 Bad Request: \(texts[place].label)",
        seen: seen.summary, clause: clause(context, sender, 400), by: [probe])
    }
  }

  static let mediaType = Check(
    "contract-media-type", .contract, title: "Another media type is refused", expects: "415 Unsupported Media Type",
    clause: .response("POST", "/events", 415), needs: needs
  ) { context async throws(CannotRun) in
    let types = [
      "text/plain", "application/x-www-form-urlencoded", "application/jsonp", "application/problem+json", "text/json",
      "multipart/form-data; boundary=x", "",
    ]
    let body = SmokeEvent(context.session.runID, name: "refused_type").body
    try await each(context, types.map { ("'\($0)'", body, $0) }) { seen, place, probe, sender in
      guard seen.status != 415 else { return }
      context.find(
        "a body of another media type is taken\(at(sender))",
        expected: "415 Unsupported Media Type for '\(types[place])'", seen: seen.summary,
        clause: clause(context, sender, 415), by: [probe])
    }
    try await otherForms(context)
  }

  /// RFC 9110, section 8.3.1: type and subtype have no case, and parameters may follow.
  private static func otherForms(_ context: CheckContext) async throws(CannotRun) {
    guard let operation = context.spec.operation("POST", "/events"), let sender = Sender(context, operation) else {
      return
    }
    for type in ["application/json; charset=utf-8", "Application/JSON"] {
      let body = SmokeEvent(context.session.runID, name: "type").body
      guard var probe = sender.probe(type, body, source: SmokeEvent.source, keyword: nil) else { continue }
      probe.setField("Content-Type", type)
      guard let seen = try await context.send(probe, to: operation), seen.status != 202 else { continue }
      context.find(
        "the declared media type in another form is refused", expected: "202 Accepted for '\(type)'",
        seen: seen.summary, by: [probe])
    }
  }

  /// Sends each body to each operation that takes one.
  private static func each(
    _ context: CheckContext, _ bodies: [(label: String, body: [UInt8], type: String?)],
    judge: (Observation, Int, Probe, Sender) -> Void
  ) async throws(CannotRun) {
    var isAnybodyLetIn = false
    for (operation, _) in context.spec.bodies {
      guard let sender = Sender(context, operation) else { continue }
      isAnybodyLetIn = true
      let probes = bodies.compactMap { item -> Probe? in
        var probe = sender.probe(item.label, item.body, source: SmokeEvent.source, keyword: nil)
        if let type = item.type { probe?.setField("Content-Type", type.isEmpty ? nil : type) }
        return probe
      }
      guard probes.count == bodies.count else { continue }
      try await context.sendAll(probes.map { Planned($0, to: operation) }) { (place, seen) throws(CannotRun) in
        // A thing that is not there may be looked for first.
        if seen.status == 404, !operation.path.parameterNames.isEmpty { return }
        // An answer that is not declared has been found already.
        guard operation.response(for: seen.status) != nil else { return }
        judge(seen, place, probes[place], sender)
      }
    }
    if !isAnybodyLetIn { context.skip(.missing(["a token that may send", "--secret"])) }
  }

  private static func at(_ sender: Sender) -> String { sender.isIntake ? "" : " by \(sender.operation.name)" }

  private static func clause(_ context: CheckContext, _ sender: Sender, _ status: Int) -> ClauseReference? {
    context.spec.reference(.response(sender.operation.method, sender.operation.path.raw, status))
      ?? context.spec.reference(sender.operation.location, sender.operation.name)
  }
}

extension Probe {
  /// Replaces a field, or leaves it out.
  mutating func setField(_ name: String, _ value: String?) {
    fields.removeAll { $0.name.lowercased() == name.lowercased() }
    if let value { fields.append((name, value)) }
  }
}
