internal import CTJSON
internal import CTSpec

/// A producer speaks for itself (the seed's 5.2: tokens are scoped).
enum AuthSource {
  static let otherSource = Check(
    "auth-producer-source", .auth, title: "A producer's token speaks for its own source only",
    expects: "403 Forbidden for another source", clause: .response("POST", "/events", 403),
    needs: .init(secret: true, writes: true)
  ) { context async throws(CannotRun) in
    let producers = context.callers.filter { $0.role == "producer" }.map(\.name)
    guard !producers.isEmpty else { return context.skip(.missing(["a producer's token"])) }
    let maker = EventMaker(spec: context.spec, runID: context.session.runID)
    for producer in producers {
      for source in sources(context) where source != producer {
        guard let event = maker.event("refused_source", source: source) else { continue }
        let probe = Probe.signed(
          "POST", "/events", label: "\(producer) for \(source)", token: producer, body: JSONWriter.write(event))
        guard let seen = try await context.send(probe, to: context.spec.operation("POST", "/events")) else { continue }
        if seen.status != 403 {
          context.find(
            "a producer may speak for another source", expected: "403 Forbidden", seen: seen.summary, by: [probe])
        }
      }
    }
  }

  /// The values that an event's source may have.
  private static func sources(_ context: CheckContext) -> [String] {
    guard let schema = context.spec.operation("POST", "/events")?.requestBody?.content.preferred?.schema else {
      return []
    }
    let facets = Facets([schema], selecting: .null, in: context.spec.document.index)
    guard let source = facets.properties.first(where: { $0.name == "source" }), let first = source.schemas.first else {
      return []
    }
    return Facets([first], selecting: .null, in: context.spec.document.index).values?.compactMap(\.string) ?? []
  }
}
