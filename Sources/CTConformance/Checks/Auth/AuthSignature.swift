internal import CTJSON
internal import CTSpec

/// The signature over the raw body (the seed's 5.3).
enum AuthSignature {
  private static let needs = Check.Needs(tokens: ["finance"], secret: true, writes: true)
  private static let clause = Clause.response("POST", "/events", 401)

  static let tampered = Check(
    "auth-signature-tampered", .auth, title: "A signature that is not exactly right is refused",
    expects: "401 Unauthorized", clause: clause, needs: needs
  ) { context async throws(CannotRun) in
    var sweep = Sweep()
    for probe in probes(context) {
      guard let seen = try await context.send(probe, to: context.spec.operation("POST", "/events")) else { continue }
      let failure = Sweep.Failure(
        message: "an event with a wrong signature is not refused: \(probe.label)", expected: "401 Unauthorized",
        seen: seen.summary, probe: probe)
      sweep.add(place: "", form: probe.label, seen.status == 401 ? nil : failure)
    }
    let all = "an event is not refused whatever is wrong with its signature"
    sweep.report(to: context, .init(everything: all, form: { _ in all }, place: { _ in all }))
  }

  static let rawBytes = Check(
    "auth-signature-raw-bytes", .auth, title: "The signature is over the bytes as they are sent",
    expects: "202 Accepted, whatever the white space and the escapes", clause: .response("POST", "/events", 202),
    needs: needs
  ) { context async throws(CannotRun) in
    let event = SmokeEvent(context.session.runID, name: "raw")
    let text = String(decoding: event.body, as: UTF8.self)
    let forms = [
      ("white space", "\n { " + text.dropFirst().replacing(":{", with: " :\t{ ") + "\r\n"),
      ("escapes", text.replacing("INV-2025", with: #"\u0049\u004eV-2025"#).replacing("_raw", with: "_raw2")),
      ("a number in another form", text.replacing("1234.56", with: "123456e-2").replacing("_raw", with: "_raw3")),
    ]
    for (label, body) in forms {
      let probe = Probe.signed("POST", "/events", label: label, token: "finance", body: Array(body.utf8))
      guard let seen = try await context.send(probe, to: context.spec.operation("POST", "/events")) else { continue }
      if seen.status != 202 {
        context.find(
          "a signed event is refused for the way its JSON is written: \(label)", expected: "202 Accepted",
          seen: seen.summary, by: [probe])
      }
    }
  }

  static let sameWords = Check(
    "auth-signature-same-words", .auth, severity: .warning,
    title: "A missing and a wrong signature are answered with the same words", expects: "the same problem",
    clause: clause, needs: needs
  ) { context async throws(CannotRun) in
    var details: [(probe: Probe, text: String)] = []
    for probe in probes(context).prefix(6) {
      guard let seen = try await context.send(probe, to: context.spec.operation("POST", "/events")) else { continue }
      if seen.status == 401, let text = seen.json?["detail"]?.string { details.append((probe, text)) }
    }
    guard details.count > 1, let first = details.first else {
      return context.skip(.notApplicable("there are no two refusals that could be compared"))
    }
    guard let other = details.first(where: { $0.text != first.text }) else { return }
    context.find(
      "the answer tells what is wrong with a signature", expected: first.text, seen: other.text,
      by: [first.probe, other.probe])
  }

  static let nothingRecorded = Check(
    "auth-refused-not-recorded", .auth, title: "Nothing of what was refused is recorded", expects: "no such event",
    clause: clause,
    needs: .init(tokens: ["finance", "maintainer"], secret: true, writes: true)
  ) { context async throws(CannotRun) in
    // What is listed behind them shows that these would be, too.
    let operation = context.spec.operation("POST", "/events")
    let last = SmokeEvent(context.session.runID, name: "after_refused")
    for probe in probes(context) + [.smoke(last, label: "one that is taken")] {
      _ = try await context.send(probe, to: operation)
    }
    let instant = context.session.runID.instant.description
    let listing = EventListing(context: context, token: "maintainer", query: "from=\(instant)")
    let result = try await listing.found([last.eventID])
    let refused = context.session.runID.eventID("refused")
    for event in result.events {
      guard let id = event["eventId"]?.string, id.hasPrefix(refused) else { continue }
      context.find(
        "an event was recorded that had been refused", expected: "no such event", seen: id, by: result.probes)
    }
  }

  private static func probes(_ context: CheckContext) -> [Probe] {
    let body = SmokeEvent(context.session.runID, name: "refused_signature").body
    guard let signature = context.spec.signature, let tag = context.session.credentials.tag(of: body),
      let secret = context.session.credentials.secret
    else { return [] }
    return Tampering.all(of: body, tag: tag, prefix: signature.rule.prefix, secret: secret).map { way in
      Probe(
        "POST", "/events", label: way.label, token: .known("finance"),
        signature: way.field.map { .literal($0) } ?? .none, fields: [("Content-Type", "application/json")],
        body: way.body)
    }
  }
}
