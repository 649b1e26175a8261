internal import CTHTTP
internal import CTJSON
internal import CTSpec

/// An event with something personal in every place that its schema marks.
struct PlantedEvent {
  let type: String
  let id: String
  let event: JSONValue
  let probe: Probe
  let marks: [Mark]
  let data: [PersonalDatum]

  /// Nil where no token of the run speaks for the type's source. The same purpose plants the same values.
  init?(_ type: String, _ name: String, _ purpose: String, _ events: TaxonomyEvents) {
    guard let operation = events.context.spec.operation("POST", "/events"),
      let sender = Sender(events.context, operation),
      var (event, _) = events.event(ofType: type, name, extent: .maximal), let schema = events.maker.schema
    else { return nil }
    let marks = events.marks(event).filter(\.isText)
    var data: [PersonalDatum] = []
    for (number, mark) in marks.enumerated() {
      let samples = PersonalSamples(
        events.context.session.runID, "\(type) \(purpose) \(number)", besides: events.context.spec)
      let datum = samples.fitting(mark.path.pointer)
      guard let changed = event.replacing(mark.path[...], with: .string(datum.text)),
        events.context.spec.validator.validate(changed, against: schema).isEmpty
      else { continue }
      event = changed
      data.append(datum)
    }
    guard let probe = events.probe(for: event, sender, "planted in \(type)") else { return nil }
    self.type = type
    id = event["eventId"]?.string ?? ""
    self.event = event
    self.probe = probe
    self.marks = marks
    self.data = data
  }

  /// False, and a finding, when it was not accepted.
  func send(_ context: CheckContext) async throws(CannotRun) -> Bool {
    guard let seen = try await context.send(probe, to: context.spec.operation("POST", "/events")) else { return false }
    guard seen.status == 202 else {
      context.find(
        "a valid event is not accepted", expected: "202 Accepted", seen: seen.summary,
        clause: context.spec.reference(.response("POST", "/events", 202)), by: [probe])
      return false
    }
    return true
  }
}

extension PersonalSamples {
  var all: [PersonalDatum] {
    [email, phone, localPhone, iban, card, nationalInsurance, account.number]
  }

  /// Something that people would have there, by the property's name. A sort code is too short to be told from other
  /// digits: a name takes its place.
  func fitting(_ pointer: String) -> PersonalDatum {
    let name = pointer.split(separator: "/").last.map { $0.lowercased() } ?? ""
    let kinds: [(String, PersonalDatum)] = [
      ("email", email), ("phone", phone), ("iban", iban), ("ninumber", nationalInsurance), ("account", account.number),
      ("card", card),
    ]
    return kinds.first { name.contains($0.0) }?.1 ?? self.name
  }

  /// A payload with all of it in places that no schema knows: in a sentence, in an object, in a list, under a harmless
  /// name.
  func spread(over payload: JSONValue) -> JSONValue {
    let sentence = "Please call \(phone.text) or \(localPhone.text), or write to \(email.text) today."
    let bank = "Sort code \(account.sortCode.text), account number \(account.number.text), IBAN \(iban.text)."
    let more: [JSONValue.Member] = [
      .init(key: "ctconformNote", value: .string(sentence)),
      .init(
        key: "ctconformExtra",
        value: .object([
          .init(
            key: "lines", value: .array([.string(bank), .object([.init(key: "value", value: .string(card.text))])])),
          .init(key: "reference", value: .string(nationalInsurance.text)),
        ])),
    ]
    return .object((payload.members ?? []) + more)
  }
}

/// Holds what is stored against the marks.
struct MarkJudge {
  let context: CheckContext
  let planted: PlantedEvent
  let stored: JSONValue

  func judge() {
    for mark in planted.marks {
      let before = planted.event.at(mark.path)
      let after = stored.at(mark.path)
      switch mark.redaction {
      case .drop where after != nil:
        find("is not dropped", mark, "no such property", after)
      case .hash where after == nil || after == before, .mask where after == nil || after == before,
        .pointer where after == nil || after == before:
        find("is not replaced", mark, "another value", after)
      default: break
      }
    }
  }

  private func find(_ what: String, _ mark: Mark, _ expected: String, _ seen: JSONValue?) {
    let clause = context.spec.reference(mark.location, "x-ct-redact: \(mark.redaction.rawValue)")
    context.find(
      "\(mark.path.pointer) of \(planted.type) \(what)", expected: "\(mark.redaction.rawValue): \(expected)",
      seen: seen.map { String(decoding: JSONWriter.write($0).prefix(200), as: UTF8.self) } ?? "nothing", clause: clause,
      by: [planted.probe, Self.readBack(type: planted.type, context)])
  }

  /// Shows what has become of the run's events of a type.
  private static func readBack(type: String, _ context: CheckContext) -> Probe {
    let from = context.session.runID.instant.description
    return Probe(
      "GET", "/events?from=\(PercentEncoding.encode(from.utf8))&type=\(PercentEncoding.encode(type.utf8))",
      label: "read", token: .known("maintainer"))
  }

  /// Of three events, the first two hold the same values and the third others.
  static func judgeHashes(_ trio: [(planted: PlantedEvent, stored: JSONValue)], _ context: CheckContext) {
    for mark in trio[0].planted.marks {
      let values = trio.map { $0.stored.at(mark.path) }
      guard let first = values[0], let second = values[1], let third = values[2] else { continue }
      let message: String? =
        switch mark.redaction {
        case .hash where first != second: "equal values get different hashes"
        case .hash where first == third: "different values get the same hash"
        case .mask where first != third: "the mask is not the same for every value"
        default: nil
        }
      guard let message else { continue }
      let clause = context.spec.reference(mark.location, "x-ct-redact: \(mark.redaction.rawValue)")
      context.find(
        "\(mark.path.pointer) of \(trio[0].planted.type): \(message)", expected: "\(mark.redaction.rawValue)",
        seen: values.map { $0?.string ?? "?" }.joined(separator: ", "), clause: clause,
        by: trio.map(\.planted.probe) + [readBack(type: trio[0].planted.type, context)])
    }
  }
}
