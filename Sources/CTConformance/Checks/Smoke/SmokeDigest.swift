internal import CTSpec

/// Section 7.4 of the seed, at the address that it names for it.
enum SmokeDigest {
  static let readDigest = Check(
    "smoke-read-digest", .smoke, title: "7.4 Generate/read daily digest", expects: "200 OK with the digest as Markdown",
    clause: .response("GET", "/reports/daily", 200), needs: .init(tokens: ["maintainer"])
  ) { context async throws(CannotRun) in
    let probe = Probe(
      "GET", "/reports/daily", label: "read", token: .known("maintainer"), fields: [("Accept", "text/markdown")])
    let operation = context.spec.operation("GET", "/reports/daily")
    guard let observation = try await context.send(probe, to: operation) else { return }
    context.saw("\(observation.statusLine), \(observation.mediaType ?? "no media type")")
    if observation.status != 200 || observation.mediaType != "text/markdown" || !hasHeading(observation.body) {
      context.find(
        "the daily digest is not there as Markdown", expected: context.check.expectation, seen: observation.summary,
        by: [probe])
    }
  }

  /// Whether a line of it is a heading (CommonMark 0.31, section 4.2).
  private static func hasHeading(_ body: [UInt8]) -> Bool {
    body.split(separator: UInt8(ascii: "\n")).contains { $0.starts(with: "# ".utf8) }
  }
}
