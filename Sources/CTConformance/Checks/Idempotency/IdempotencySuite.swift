internal import CTHTTP
internal import CTJSON
internal import CTSpec

/// An event's id makes it one event, however often it is sent (the seed's 1.2).
package enum IdempotencySuite {
  package static let checks: [Check] = [sequential, concurrent, otherBody]

  private static let needs = Check.Needs(tokens: ["finance", "maintainer"], secret: true, writes: true)
  private static let clause = Clause.response("POST", "/events", 202)

  static let sequential = Check(
    "idempotency-sequential", .idempotency, title: "The same event four times, one after the other, is one event",
    expects: "202 each time: accepted, then duplicate", clause: clause, needs: needs
  ) { context async throws(CannotRun) in
    let event = SmokeEvent(context.session.runID, name: "sequential")
    let probe = Probe.smoke(event, label: "send")
    for number in 1...4 {
      guard let seen = try await context.send(probe, to: context.spec.operation("POST", "/events")) else { continue }
      let expected = number == 1 ? "accepted" : "duplicate"
      if seen.status != 202 || seen.json?["status"]?.string != expected {
        context.find(
          "an event that is sent again is not answered \(expected)", expected: "202 Accepted, \(expected)",
          seen: seen.summary, by: Array(repeating: probe, count: number))
      }
      if number > 1, seen.json?["bodyMatches"]?.bool == false {
        context.find(
          "the same body is said to be another", expected: "bodyMatches true", seen: seen.summary, by: [probe, probe])
      }
    }
    try await expectOnce(context, event)
  }

  static let concurrent = Check(
    "idempotency-concurrent", .idempotency, title: "The same event fifty times at once is one event",
    expects: "202 each time, accepted once", clause: clause, needs: needs
  ) { context async throws(CannotRun) in
    let event = SmokeEvent(context.session.runID, name: "concurrent")
    let probe = Probe.smoke(event, label: "send, one of fifty")
    let seen = try await context.sendAtOnce(Array(repeating: probe, count: 50), "POST", "/events")
    let accepted = seen.count { $0.json?["status"]?.string == "accepted" }
    let others = Set(seen.filter { $0.status != 202 }.map(\.statusLine)).sorted()
    context.saw("\(seen.count) responses, \(accepted) accepted")
    if !others.isEmpty {
      context.find(
        "an event that is sent at once is not always answered 202", expected: "202 Accepted",
        seen: others.joined(separator: ", "), by: [probe])
    }
    if accepted != 1 {
      context.find(
        "an event that is sent at once is not accepted exactly once", expected: "1 accepted",
        seen: "\(accepted) accepted", by: [probe])
    }
    try await expectOnce(context, event)
  }

  static let otherBody = Check(
    "idempotency-other-body", .idempotency, title: "The same id with another body stores nothing",
    expects: "202 Accepted, duplicate, bodyMatches false", clause: clause, needs: needs
  ) { context async throws(CannotRun) in
    let event = SmokeEvent(context.session.runID, name: "other_body")
    let first = Probe.smoke(event, label: "first")
    var second = Probe.smoke(event, label: "another body")
    second.body = Array(String(decoding: event.body, as: UTF8.self).replacing("1234.56", with: "6543.21").utf8)
    let operation = context.spec.operation("POST", "/events")
    guard let taken = try await context.send(first, to: operation) else { return }
    guard taken.status == 202 else { return context.unanswered(taken, first, operation) }
    guard let seen = try await context.send(second, to: context.spec.operation("POST", "/events")) else { return }
    context.saw(seen.summary)
    let receipt = seen.json
    if seen.status != 202 || receipt?["status"]?.string != "duplicate" || receipt?["bodyMatches"]?.bool != false {
      context.find(
        "another body under the same id is not told apart", expected: context.check.expectation, seen: seen.summary,
        by: [first, second])
    }
    guard let stored = try await expectOnce(context, event) else { return }
    if stored["payload"]?["total"]?.number != JSONNumber("1234.56") {
      context.find(
        "a later body has replaced the first", expected: "total 1234.56", seen: "another total", by: [first, second])
    }
  }

  /// The event as it is listed.
  @discardableResult
  private static func expectOnce(_ context: CheckContext, _ event: SmokeEvent) async throws(CannotRun) -> JSONValue? {
    let from = PercentEncoding.encode(event.instant.utf8)
    let listing = EventListing(context: context, token: "maintainer", query: "source=\(SmokeEvent.source)&from=\(from)")
    let result = try await listing.wait(for: event.eventID).result
    let count = result.count(of: event.eventID)
    if result.isComplete, count != 1 {
      context.find(
        "an event that was sent several times is not listed once", expected: "1", seen: "\(count)",
        by: [.smoke(event, label: "send")] + result.probes)
    }
    return result.events.first { $0["eventId"]?.string == event.eventID }
  }
}
