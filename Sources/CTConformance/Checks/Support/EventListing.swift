internal import CTJSON
internal import CTSpec

/// Reads `GET /events` page by page.
struct EventListing {
  let context: CheckContext
  let token: String
  /// The first page's query, percent-encoded.
  let query: String

  /// More pages are not read: a filter that leaves more is no filter.
  private static let maximumPages = 200

  /// What a walk over the pages saw.
  struct Result {
    var events: [JSONValue] = []
    var probes: [Probe] = []
    /// Every response so far was 200 with an array.
    var isComplete = true

    func count(of eventID: String) -> Int { events.count { $0["eventId"]?.string == eventID } }
  }

  /// All pages, or as far as responses can be read; `until` ends the walk early.
  func pages(until isEnough: (Result) -> Bool = { _ in false }) async throws(CannotRun) -> Result {
    let operation = context.spec.operation("GET", "/events")
    var result = Result()
    var target: String? = query.isEmpty ? "/events" : "/events?\(query)"
    var page = 1
    while let next = target, page <= Self.maximumPages, !isEnough(result) {
      let probe = Probe("GET", next, label: page == 1 ? "list" : "page \(page)", token: .known(token))
      if page == 1 { result.probes = [probe] }
      let observation = try await context.send(probe, to: operation)
      guard let observation, observation.status == 200, let events = observation.json?.elements else {
        result.isComplete = false
        context.saw(observation?.summary ?? "no response")
        return result
      }
      result.events += events
      target = observation.field("Link").flatMap { NextPage.target(in: $0) }
        .flatMap { context.session.deployment.target(ofLink: $0) }
      page += 1
    }
    return result
  }

  /// Asks again and again until an event is listed, as long as the run is patient; also tells how long it was not there.
  func wait(for eventID: String) async throws(CannotRun) -> (result: Result, late: Duration?) {
    let start = ContinuousClock.now
    var late: Duration?
    while true {
      let result = try await pages()
      let waited = ContinuousClock.now - start
      if !result.isComplete || result.count(of: eventID) > 0 || waited > context.session.settings.patience {
        return (result, late)
      }
      late = waited
      try? await Task.sleep(for: .milliseconds(50))
    }
  }
}
