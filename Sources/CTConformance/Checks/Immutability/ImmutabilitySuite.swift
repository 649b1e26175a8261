internal import CTHTTP
internal import CTJSON
internal import CTSpec

/// What is recorded stays as it is (the seed's 5.5).
package enum ImmutabilitySuite {
  package static let checks: [Check] = [noChange]

  static let noChange = Check(
    "immutability-events", .immutability, title: "A recorded event can be neither changed nor removed",
    expects: "404 or 405, and the event as it was", clause: .operation("GET", "/events"),
    needs: .init(tokens: ["finance", "maintainer"], secret: true, writes: true)
  ) { context async throws(CannotRun) in
    let event = SmokeEvent(context.session.runID, name: "immutable")
    let send = Probe.smoke(event, label: "send")
    let operation = context.spec.operation("POST", "/events")
    guard let taken = try await context.send(send, to: operation) else { return }
    guard taken.status == 202 else { return context.unanswered(taken, send, operation) }
    guard let before = try await stored(context, event) else { return }
    for probe in attempts(context, event) {
      guard let seen = try await context.send(probe, to: nil) else { continue }
      if (200..<400).contains(seen.status) {
        context.find(
          "\(probe.method) on an event succeeds", expected: "404 or 405", seen: seen.summary, by: [send, probe])
      }
    }
    if let after = try await stored(context, event), after != before {
      context.find(
        "a recorded event has changed", expected: text(before), seen: text(after), by: [send])
    }
  }

  private static func attempts(_ context: CheckContext, _ event: SmokeEvent) -> [Probe] {
    let body = Array(String(decoding: event.body, as: UTF8.self).replacing("1234.56", with: "1.00").utf8)
    let names = context.callers.map(\.name).filter { ["owner", "maintainer", "finance"].contains($0) }
    return names.flatMap { name in
      ["/events/\(event.eventID)", "/events"].flatMap { path in
        ["PUT", "PATCH", "DELETE"].map { method in
          Probe(
            method, path, label: "\(method) \(path) as \(name)", token: .known(name), signature: .correct,
            fields: [("Content-Type", "application/json")], body: method == "DELETE" ? nil : body)
        }
      }
    }
  }

  private static func stored(_ context: CheckContext, _ event: SmokeEvent) async throws(CannotRun) -> JSONValue? {
    let from = PercentEncoding.encode(event.instant.utf8)
    let listing = EventListing(context: context, token: "maintainer", query: "source=\(SmokeEvent.source)&from=\(from)")
    let result = try await listing.found([event.eventID])
    return result.events.first { $0["eventId"]?.string == event.eventID }
  }

  private static func text(_ value: JSONValue) -> String {
    String(decoding: JSONWriter.write(value).prefix(300), as: UTF8.self)
  }
}
