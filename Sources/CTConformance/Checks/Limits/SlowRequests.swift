internal import CTHTTP
internal import CTSpec

/// Requests that never arrive are given up. Nobody's specification says when: a deployment that has not given up within the
/// time that the run waits is only found to be at fault where that time was chosen (`--slow-timeout`).
enum SlowRequests {
  static let head = Check(
    "limits-slow-head", .limits, title: "A head that does not arrive is given up",
    expects: "408, or a closed connection",
    clause: .response("POST", "/events", 408), needs: .init(tokens: ["finance"], writes: true), waits: true
  ) { context async throws(CannotRun) in
    try await judge(context, "a head", ["Content-Type: application/json", "X-Unfinished: "], isHeadComplete: false)
  }

  static let body = Check(
    "limits-slow-body", .limits, title: "A body that does not arrive is given up",
    expects: "408, or a closed connection",
    clause: .response("POST", "/events", 408), needs: .init(tokens: ["finance"], writes: true), waits: true
  ) { context async throws(CannotRun) in
    let fields = ["Content-Type: application/json", "Content-Length: 100"]
    try await judge(context, "a body", fields, isHeadComplete: true)
  }

  private static func judge(
    _ context: CheckContext, _ what: String, _ fields: [String], isHeadComplete: Bool
  ) async throws(CannotRun) {
    let settings = context.session.settings
    let probe = Probe("POST", "/events", label: "\(what) that does not arrive", token: .known("finance"))
    let raw = try await context.sendUnfinished(
      probe, fields: fields, isHeadComplete: isHeadComplete, timeout: settings.slowness)
    let seconds = Int(settings.slowness.milliseconds / 1000)
    switch raw.ending {
    case .timedOut where settings.isSlownessJudged:
      context.find(
        "\(what) that does not arrive is waited for without end", expected: "408 within \(seconds) s",
        seen: "the connection is open after \(seconds) s", by: [probe])
    case .timedOut: context.skip(.notApplicable("not given up within \(seconds) s; see --slow-timeout"))
    case .complete, .closed, .reset, .notHTTP: judge(raw, what, probe, context)
    }
  }

  private static func judge(_ raw: HTTPRawExchange, _ what: String, _ probe: Probe, _ context: CheckContext) {
    guard let response = raw.responses.first else {
      context.count()
      return context.saw("closed without a word")
    }
    let seen = Observation(response, milliseconds: 0)
    context.saw(seen.summary)
    if seen.status != 408 {
      context.find(
        "\(what) that does not arrive is answered otherwise", expected: "408", seen: seen.summary, by: [probe])
    }
    context.observe(seen, probe, context.spec.operation("POST", "/events"))
  }
}
