internal import CTJSON
internal import CTSpec

/// The cases for a body as they are sent.
struct BodyCases {
  struct Sendable {
    let item: BodyCase
    /// Its place in the list of its operation's cases.
    let number: Int
    let probe: Probe
    let clause: ClauseReference
  }

  let context: CheckContext
  private static let portion = 128

  /// Every case of every operation with a body, in order. What cannot be sent is named in the coverage table.
  func each(
    _ isWanted: (BodyCase, Sender) -> Bool,
    judge: (Observation, Sendable, Sender) async throws(CannotRun) -> Void
  ) async throws(CannotRun) {
    var isAnybodyLetIn = false
    for (operation, schema) in context.spec.bodies {
      guard let sender = Sender(context, operation) else {
        context.unreached(operation, "bodies", why: "no token of the run is let in, or there is no secret")
        continue
      }
      isAnybodyLetIn = true
      let list = context.spec.cases(for: schema)
      for gap in list.unreached { context.unreached(operation, gap, why: "no value was found that is just so") }
      // Some at a time: a run that ends early has not made thousands for nothing.
      for start in stride(from: 0, to: list.cases.count, by: Self.portion) {
        let portion = start..<min(start + Self.portion, list.cases.count)
        let cases = sendable(list, portion, sender, schema, isWanted)
        try await context.sendAll(cases.map { Planned($0.probe, to: operation) }) { (place, seen) throws(CannotRun) in
          try await judge(seen, cases[place], sender)
        }
      }
    }
    if !isAnybodyLetIn { context.skip(.missing(["a token that may send", "--secret"])) }
  }

  private func sendable(
    _ list: CaseList, _ portion: Range<Int>, _ sender: Sender, _ schema: SchemaID,
    _ isWanted: (BodyCase, Sender) -> Bool
  ) -> [Sendable] {
    var cases: [Sendable] = []
    for number in portion where isWanted(list.cases[number], sender) {
      let item = list.cases[number]
      let body = sender.isIntake ? recognisable(item, number, schema) : item.value
      guard let body else {
        context.unreached(sender.operation, item.label, why: "the run's own id does not fit into it")
        continue
      }
      let source = body["source"]?.string ?? SmokeEvent.source
      guard
        let probe = sender.probe(item.label, JSONWriter.write(body), source: source, keyword: item.keyword)
      else {
        context.unreached(sender.operation, item.label, why: "no token of the run speaks for '\(source)'")
        continue
      }
      cases.append(
        Sendable(item: item, number: number, probe: probe, clause: context.spec.clause(of: item, in: schema)))
    }
    return cases
  }

  /// What may be kept has an id of the run's own. Nil where that would make it another case.
  private func recognisable(_ item: BodyCase, _ number: Int, _ schema: SchemaID) -> JSONValue? {
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
}

extension SpecCatalog {
  /// Where the keyword stands that a case tries.
  func clause(of item: BodyCase, in schema: SchemaID) -> ClauseReference {
    let violation = SchemaViolation(pointer: item.pointer, keyword: item.keyword, detail: "")
    let location = KeywordFinder(index: document.index).location(of: violation, in: item.value, from: schema)
    return reference(location, "\(item.keyword) of \(item.pointer.isEmpty ? "the body" : item.pointer)")
  }
}
