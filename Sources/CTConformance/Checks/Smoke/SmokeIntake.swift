internal import CTJSON
internal import CTSpec

/// Section 7.1 of the seed, and what its sections 1.2 and 3.1 say about signature and token.
enum SmokeIntake {
  static let sendEvent = Check(
    "smoke-send-event", .smoke, title: "7.1 Compute an HMAC and send an event",
    expects: "202 Accepted, status accepted", clause: .response("POST", "/events", 202),
    needs: .init(tokens: ["finance"], secret: true, writes: true)
  ) { context async throws(CannotRun) in
    let event = SmokeEvent(context.session.runID)
    try await expectReceipt(
      context, event, [.smoke(event, label: "send")], status: "accepted",
      message: "a new, signed event is not accepted")
  }

  static let repeatRequest = Check(
    "smoke-repeat-request", .smoke, title: "7.1 Repeat the same request",
    expects: "202 Accepted again (idempotent), status duplicate", clause: .response("POST", "/events", 202),
    needs: .init(tokens: ["finance"], secret: true, writes: true, passed: ["smoke-send-event"])
  ) { context async throws(CannotRun) in
    let event = SmokeEvent(context.session.runID)
    let probe = Probe.smoke(event, label: "repeat")
    try await expectReceipt(
      context, event, [probe, probe], status: "duplicate", message: "the same request again is not answered the same")
  }

  static let wrongSignature = Check(
    "smoke-wrong-signature", .smoke, title: "1.2 HMAC verification: mismatch",
    expects: "401 Unauthorized, nothing recorded", clause: .response("POST", "/events", 401),
    needs: .init(tokens: ["finance"], secret: true, writes: true)
  ) { context async throws(CannotRun) in
    let event = SmokeEvent(context.session.runID, name: "unsigned")
    let tag = context.session.credentials.tag(of: SmokeEvent(context.session.runID).body) ?? ""
    var probe = Probe.smoke(event, label: "the signature of another body")
    probe.signature = .literal((context.spec.signature?.rule.prefix ?? "") + tag)
    try await expectRefusal(context, probe, message: "an event with the signature of another body is not refused")
  }

  static let noToken = Check(
    "smoke-no-token", .smoke, title: "3.1 No token", expects: "401 Unauthorized, with a challenge",
    clause: .response("POST", "/events", 401), needs: .init(secret: true, writes: true)
  ) { context async throws(CannotRun) in
    var probe = Probe.smoke(SmokeEvent(context.session.runID, name: "anonymous"), label: "no token")
    probe.token = .none
    try await expectRefusal(context, probe, message: "an event without a token is not refused")
  }

  /// Sends the last of the probes; those before are what a reproduction needs.
  private static func expectReceipt(
    _ context: CheckContext, _ event: SmokeEvent, _ probes: [Probe], status: String, message: String
  ) async throws(CannotRun) {
    guard let probe = probes.last else { return }
    let operation = context.spec.operation("POST", "/events")
    guard let observation = try await context.send(probe, to: operation) else { return }
    context.saw(observation.summary)
    guard observation.status == 202 else {
      context.find(message, expected: context.check.expectation, seen: observation.summary, by: probes)
      return
    }
    let receipt = observation.json
    if context.session.settings.isNamed, status == "accepted", receipt?["status"]?.string == "duplicate" {
      throw .usage("a run of the name \(context.session.runID) was here before: choose another --run-id")
    }
    if let seen = receipt?["eventId"]?.string, seen != event.eventID {
      context.find(
        "the receipt is for another event", expected: event.eventID, seen: observation.summary, by: probes)
    }
    if let seen = receipt?["status"]?.string, seen != status {
      context.find(
        "the receipt has another status", expected: "status \(status)", seen: observation.summary, by: probes)
    }
  }

  private static func expectRefusal(
    _ context: CheckContext, _ probe: Probe, message: String
  ) async throws(CannotRun) {
    let operation = context.spec.operation("POST", "/events")
    guard let observation = try await context.send(probe, to: operation) else { return }
    context.saw(observation.summary)
    if observation.status != 401 {
      context.find(message, expected: context.check.expectation, seen: observation.summary, by: [probe])
    }
  }
}

extension Probe {
  static func smoke(_ event: SmokeEvent, label: String) -> Probe {
    .signed("POST", "/events", label: label, token: "finance", body: event.body)
  }
}
