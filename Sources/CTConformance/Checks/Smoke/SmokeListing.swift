internal import CTHTTP
internal import CTJSON

/// Section 7.2 of the seed.
enum SmokeListing {
  static let listEvents = Check(
    "smoke-list-events", .smoke, title: "7.2 List events", expects: "an array with the event above, once",
    clause: .response("GET", "/events", 200),
    needs: .init(tokens: ["maintainer"], secret: true, writes: true, passed: ["smoke-send-event"])
  ) { context async throws(CannotRun) in
    let event = SmokeEvent(context.session.runID)
    let from = PercentEncoding.encode(event.instant.utf8)
    let listing = EventListing(
      context: context, token: "maintainer",
      query: "source=\(SmokeEvent.source)&type=\(SmokeEvent.type)&from=\(from)")
    let (result, late) = try await listing.wait(for: event.eventID)
    guard result.isComplete else { return }
    judge(result, event, late, context)
  }

  private static func judge(
    _ result: EventListing.Result, _ event: SmokeEvent, _ late: Duration?, _ context: CheckContext
  ) {
    let count = result.count(of: event.eventID)
    let delay = late.map { ", more than \(Int($0.milliseconds)) ms later" } ?? ""
    let which = count == 1 ? "the" : "\(count) of them the"
    let seen = "200 OK, \(result.events.count) events, \(which) event above\(delay)"
    context.saw(seen)
    let send = Probe.smoke(event, label: "send")
    if count == 0 {
      context.find(
        "an accepted event is not listed", expected: "\(event.eventID), once", seen: seen, by: [send] + result.probes)
    } else if count > 1 {
      context.find(
        "an event that was sent twice is listed more than once", expected: "\(event.eventID), once", seen: seen,
        by: [send, send] + result.probes)
    }
    guard let stored = result.events.first(where: { $0["eventId"]?.string == event.eventID }) else { return }
    compare(stored, with: event, context, [send] + result.probes)
  }

  /// What is listed is what was sent; the payload has nothing that redaction takes out.
  private static func compare(
    _ stored: JSONValue, with event: SmokeEvent, _ context: CheckContext, _ probes: [Probe]
  ) {
    guard let sent = try? JSONValue(parsing: event.body) else { return }
    for member in ["type", "source", "payload"] where stored[member] != sent[member] {
      context.find(
        "the listed event has another \(member)", expected: text(sent[member]), seen: text(stored[member]), by: probes)
    }
    let instants = [stored, sent].map { $0["ts"]?.string.flatMap { Timestamp($0) } }
    if instants[0] != instants[1] {
      context.find(
        "the listed event has another ts", expected: event.instant, seen: text(stored["ts"]), by: probes)
    }
  }

  private static func text(_ value: JSONValue?) -> String {
    value.map { String(decoding: JSONWriter.write($0).prefix(300), as: UTF8.self) } ?? "none"
  }
}
