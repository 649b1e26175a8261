internal import CTSpec

/// Section 7.4 of the seed, at the address that it names for it.
enum SmokeDigest {
  static let readDigest = Check(
    "smoke-read-digest", .smoke, title: "7.4 Generate/read daily digest", expects: "200 OK with a digest",
    clause: .response("GET", "/reports/daily", 200), needs: .init(tokens: ["maintainer"])
  ) { context async throws(CannotRun) in
    let probe = Probe("GET", "/reports/daily", label: "read", token: .known("maintainer"))
    let operation = context.spec.operation("GET", "/reports/daily")
    guard let observation = try await context.send(probe, to: operation) else { return }
    context.saw(observation.statusLine)
    if observation.status != 200 || observation.body.isEmpty {
      context.find(
        "there is no daily digest", expected: context.check.expectation, seen: observation.summary, by: [probe])
    }
  }
}
