internal import CTJSON
internal import CTSpec

/// Bodies made from the schema of `POST /events`: each is shown valid or invalid by the interpreting validator before it
/// is sent.
enum ContractBodies {
  private static let needs = Check.Needs(secret: true, writes: true)

  static let valid = Check(
    "contract-body-valid", .contract, title: "Everything that the schema takes is taken", expects: "202 Accepted",
    clause: .requestBody("POST", "/events"), needs: needs
  ) { context async throws(CannotRun) in
    try await eachCase(context) {
      $0.isValid
    } judge: { seen, item, probe, clause in
      guard seen.status != 202 else { return }
      context.find(
        "\(item.keyword) is stricter than the schema", expected: "202 Accepted: \(item.label)", seen: seen.summary,
        clause: clause, by: [probe])
    }
  }

  static let invalid = Check(
    "contract-body-invalid", .contract, title: "Everything that the schema does not take is refused",
    expects: "422 Unprocessable Content", clause: .requestBody("POST", "/events"), needs: needs
  ) { context async throws(CannotRun) in
    try await eachCase(context) {
      !$0.isValid
    } judge: { seen, item, probe, clause in
      guard seen.status != 422 else { return }
      context.find(
        "\(item.keyword) is not enforced", expected: "422 Unprocessable Content: \(item.label)", seen: seen.summary,
        clause: clause, by: [probe])
    }
  }

  static let violationsListed = Check(
    "contract-violations-listed", .contract, title: "A refusal lists every violation with its pointer",
    expects: "errors with the pointer and keyword of each", clause: .response("POST", "/events", 422), needs: needs
  ) { context async throws(CannotRun) in
    try await eachCase(context) {
      !$0.isValid
    } judge: { seen, item, probe, clause in
      guard seen.status == 422 else { return }
      let told = Set((seen.json?["errors"]?.elements ?? []).map { Mark($0) })
      let due = Set(item.violations.map { Mark($0) })
      guard told != due else { return }
      let gaps = due.subtracting(told).map(\.text).sorted().prefix(3).joined(separator: ", ")
      let extra = told.subtracting(due).map(\.text).sorted().prefix(3).joined(separator: ", ")
      context.find(
        "the violations that are listed are not those of the schema (\(item.keyword))",
        expected: gaps.isEmpty ? "nothing more" : gaps, seen: extra.isEmpty ? "not listed" : extra, clause: clause,
        by: [probe])
    }
  }

  static let notJSON = Check(
    "contract-body-not-json", .contract, title: "A body that is not JSON is refused", expects: "400 Bad Request",
    clause: .response("POST", "/events", 400), needs: needs
  ) { context async throws(CannotRun) in
    guard let sender = Sender(context) else { return context.skip(.missing(["a token that may send events"])) }
    for (label, body) in BrokenJSON.texts {
      let probe = sender.probe(label, body, source: SmokeEvent.source, keyword: nil)
      guard let probe, let seen = try await sender.send(probe), seen.status != 400 else { continue }
      context.find(
        "a body that is not JSON is not answered 400", expected: "400 Bad Request: \(label)", seen: seen.summary,
        by: [probe])
    }
  }

  static let mediaType = Check(
    "contract-media-type", .contract, title: "Another media type is refused", expects: "415 Unsupported Media Type",
    clause: .response("POST", "/events", 415), needs: needs
  ) { context async throws(CannotRun) in
    guard let sender = Sender(context) else { return context.skip(.missing(["a token that may send events"])) }
    let body = SmokeEvent(context.session.runID, name: "refused_type").body
    for type in [
      "text/plain", "application/x-www-form-urlencoded", "application/jsonp", "application/problem+json", "",
    ] {
      guard var probe = sender.probe(type, body, source: SmokeEvent.source, keyword: nil) else { continue }
      probe.fields = type.isEmpty ? [] : [("Content-Type", type)]
      guard let seen = try await sender.send(probe), seen.status != 415 else { continue }
      context.find(
        "a body of another media type is taken", expected: "415 Unsupported Media Type for '\(type)'",
        seen: seen.summary, by: [probe])
    }
    for type in ["application/json; charset=utf-8", "Application/JSON"] {
      let body = SmokeEvent(context.session.runID, name: "type").body
      guard var probe = sender.probe(type, body, source: SmokeEvent.source, keyword: nil) else { continue }
      probe.fields = [("Content-Type", type)]
      guard let seen = try await sender.send(probe), seen.status != 202 else { continue }
      context.find(
        "the declared media type in another form is refused", expected: "202 Accepted for '\(type)'",
        seen: seen.summary, by: [probe])
    }
  }

  private static func eachCase(
    _ context: CheckContext, _ isWanted: (BodyCase) -> Bool,
    judge: (Observation, BodyCase, Probe, ClauseReference) -> Void
  ) async throws(CannotRun) {
    guard let schema = context.spec.operation("POST", "/events")?.requestBody?.content.first?.schema else { return }
    guard let sender = Sender(context) else { return context.skip(.missing(["a token that may send events"])) }
    let list = CaseMaker.cases(for: schema, in: context.spec)
    var unsent = 0
    for (number, item) in list.cases.enumerated() where isWanted(item) {
      guard let body = recognisable(item, number, context, schema) else {
        unsent += 1
        continue
      }
      let source = body["source"]?.string ?? SmokeEvent.source
      guard let probe = sender.probe(item.label, JSONWriter.write(body), source: source, keyword: item.keyword),
        let seen = try await sender.send(probe)
      else {
        unsent += 1
        continue
      }
      judge(seen, item, probe, context.spec.clause(of: item, in: schema))
    }
    context.saw("\(unsent) of \(list.cases.count { isWanted($0) }) cases could not be sent; none of them is counted")
  }

  /// What may be kept has an id of the run's own. Nil where that would make it another case.
  private static func recognisable(
    _ item: BodyCase, _ number: Int, _ context: CheckContext, _ schema: SchemaID
  ) -> JSONValue? {
    let maker = EventMaker(spec: context.spec, runID: context.session.runID)
    let place = item.pointer.isEmpty && !item.isValid ? "" : item.pointer
    var value = item.value
    if place != "/eventId" {
      let isBroken = item.violations.contains {
        $0.pointer == "/eventId" || $0.keyword == "required" && value["eventId"] == nil
      }
      if !isBroken, value["eventId"] != nil {
        value = maker.named(value, item.isValid ? "case_\(number)" : "refused_case_\(number)")
      }
      if place == "/ts" { value = value.replacing([.member("ts")], with: item.value["ts"]) ?? value }
    } else if item.isValid {
      guard let length = item.value["eventId"]?.string?.utf8.count else { return nil }
      let id = context.session.runID.eventID("case_\(number)_")
      guard length >= id.utf8.count else { return nil }
      let padded = id + String(repeating: "x", count: length - id.utf8.count)
      value = value.replacing([.member("eventId")], with: .string(padded)) ?? value
    }
    let violations = context.spec.validator.validate(value, against: schema)
    return violations == item.violations ? value : nil
  }

  /// A violation by what is asked of a list of them.
  private struct Mark: Hashable {
    let text: String
    init(_ violation: SchemaViolation) { text = "'\(violation.pointer)' \(violation.keyword)" }
    init(_ told: JSONValue) { text = "'\(told["pointer"]?.string ?? "?")' \(told["keyword"]?.string ?? "?")" }
  }
}

extension SpecCatalog {
  /// Where the keyword stands that a case tries.
  func clause(of item: BodyCase, in schema: SchemaID) -> ClauseReference {
    let violation = SchemaViolation(pointer: item.pointer, keyword: item.keyword, detail: "")
    let location = KeywordFinder(index: document.index).location(of: violation, in: item.value, from: schema)
    return reference(location, "\(item.keyword) of \(item.pointer.isEmpty ? "the body" : item.pointer)")
  }
}
