internal import CTHTTP
internal import CTJSON
internal import CTSpec

/// Events that one check sends, which differ in everything that a list can be asked for.
struct EventChain {
  struct Link {
    let event: JSONValue
    let body: [UInt8]
    let token: String

    var id: String { event["eventId"]?.string ?? "" }
    var instant: Timestamp? { event["ts"]?.string.flatMap { Timestamp($0) } }
    var probe: Probe { .signed("POST", "/events", label: "send \(id)", token: token, body: body) }
  }

  let context: CheckContext
  /// Ties the events together, and tells them from all others.
  let correlationID: String
  let name: String

  init(_ context: CheckContext, name: String) {
    self.context = context
    self.name = name
    correlationID = context.session.runID.eventID(name)
  }

  /// So many events, of different types and sources, a second apart from each other; the last two at the same instant.
  /// Nil where no token of the run may send any.
  func links(_ count: Int, from first: Int = 0) -> [Link]? {
    let maker = EventMaker(spec: context.spec, runID: context.session.runID)
    guard let operation = context.spec.operation("POST", "/events"), let sender = Sender(context, operation) else {
      return nil
    }
    let samples = maker.types.compactMap { type -> (event: JSONValue, token: String)? in
      guard let event = maker.sample(ofType: type, .minimal), let source = event["source"]?.string,
        case .known(let token)? = sender.probe("", [], source: source, keyword: nil)?.token
      else { return nil }
      return (event, token)
    }
    guard !samples.isEmpty else { return nil }
    return (first..<first + count).map { number in
      let sample = samples[number % samples.count]
      let event = dressed(sample.event, number, isLast: number == first + count - 1, maker)
      return Link(event: event, body: JSONWriter.write(event), token: sample.token)
    }
  }

  private func dressed(_ sample: JSONValue, _ number: Int, isLast: Bool, _ maker: EventMaker) -> JSONValue {
    let offset = Int64(isLast && number > 0 ? number - 1 : number) * 1_000_000
    let instant = Timestamp(microseconds: context.session.runID.instant.microseconds - 60_000_000 + offset)
    var event = maker.named(sample, "\(name)_\(number)")
    event = event.replacing([.member("ts")], with: .string(instant.description)) ?? event
    return event.replacing([.member("correlationId")], with: .string(correlationID)) ?? event
  }

  /// Sends them one after the other. False when one was not accepted, which is a finding.
  func send(_ links: [Link]) async throws(CannotRun) -> Bool {
    let operation = context.spec.operation("POST", "/events")
    for link in links {
      guard let seen = try await context.send(link.probe, to: operation) else { return false }
      guard seen.status == 202 else {
        context.find(
          "a valid event is not accepted", expected: "202 Accepted", seen: seen.summary,
          clause: context.spec.reference(.response("POST", "/events", 202)), by: [link.probe])
        return false
      }
    }
    return true
  }

  /// The query that leaves the chain's events and no others.
  var query: String { "correlationId=\(PercentEncoding.encode(correlationID.utf8))" }
}
