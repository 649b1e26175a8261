internal import CTHTTP
internal import CTJSON
internal import CTSpec

/// What is too much, too deep or not HTTP is refused with a status of its own, and does no harm.
package enum LimitsSuite {
  package static let checks: [Check] = [
    declaredTooLarge, noLength, longHead, deepBody, SlowRequests.head, SlowRequests.body,
  ]

  static let declaredTooLarge = Check(
    "limits-body-too-large", .limits, title: "A body of a gigabyte is refused without reading it",
    expects: "413 Content Too Large, at once", clause: .response("POST", "/events", 413),
    needs: .init(tokens: ["finance"], writes: true)
  ) { context async throws(CannotRun) in
    try await everywhere(
      context, 413, "a body of a gigabyte is not refused",
      head: ["Content-Type: application/json", "Content-Length: 1073741824"])
  }

  static let noLength = Check(
    "limits-no-length", .limits, title: "A request with a body needs a length", expects: "411 Length Required",
    clause: .response("POST", "/events", 411), needs: .init(tokens: ["finance"], writes: true)
  ) { context async throws(CannotRun) in
    try await everywhere(
      context, 411, "a request with neither Content-Length nor chunks is not refused",
      head: ["Content-Type: application/json"])
  }

  static let longHead = Check(
    "limits-head-too-large", .limits, title: "A head of a megabyte is refused", expects: "431, or another 4xx",
    clause: .pointer("/info/description"), needs: .init(tokens: ["finance"], writes: true)
  ) { context async throws(CannotRun) in
    try await expect(
      context, [400, 431], "a head of a megabyte is not refused",
      head: ["X-Filler: " + String(repeating: "a", count: 1 << 20), "Content-Length: 0"])
  }

  static let deepBody = Check(
    "limits-deep-body", .limits, title: "A body nested ten thousand deep is refused", expects: "400 or 422",
    clause: .response("POST", "/events", 400), needs: .init(tokens: ["finance"], secret: true, writes: true)
  ) { context async throws(CannotRun) in
    let depth = 10_000
    let text = #"{"payload":"# + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "}"
    let probe = Probe.signed("POST", "/events", label: "deep", token: "finance", body: Array(text.utf8))
    guard let seen = try await context.send(probe, to: context.spec.operation("POST", "/events")) else { return }
    context.saw(seen.summary)
    if seen.status != 400, seen.status != 422 {
      context.find(
        "a body nested ten thousand deep is not refused", expected: "400 or 422", seen: seen.summary, by: [probe])
    }
  }

  /// Sends a head to every operation that declares the status, as somebody who is let in.
  private static func everywhere(
    _ context: CheckContext, _ status: Int, _ message: String, head: [String]
  ) async throws(CannotRun) {
    let sample = SampleRequest(spec: context.spec, runID: context.session.runID)
    for operation in context.spec.operations where operation.responses.contains(where: { $0.status == .code(status) }) {
      guard let path = sample.path(of: operation, .unknown),
        let caller = context.callers.first(where: { operation.admits(role: $0.role) })
      else { continue }
      let probe = Probe(operation.method, path, label: context.check.title, token: .known(caller.name))
      guard let seen = try await context.sendHead(probe, fields: head, to: operation) else { continue }
      context.saw(seen.summary)
      if seen.status != status {
        context.find(
          operation.name == "POST /events" ? message : "\(message) by \(operation.name)",
          expected: context.check.expectation, seen: seen.summary,
          clause: context.spec.reference(.response(operation.method, operation.path.raw, status)), by: [probe])
      }
    }
  }

  /// Sends a head as it is, and no body.
  private static func expect(
    _ context: CheckContext, _ statuses: [Int], _ message: String, head: [String]
  ) async throws(CannotRun) {
    let probe = Probe("POST", "/events", label: context.check.title, token: .known("finance"))
    guard let seen = try await context.sendHead(probe, fields: head, to: context.spec.operation("POST", "/events"))
    else {
      return
    }
    context.saw(seen.summary)
    if !statuses.contains(seen.status) {
      context.find(message, expected: context.check.expectation, seen: seen.summary, by: [probe])
    }
  }
}
