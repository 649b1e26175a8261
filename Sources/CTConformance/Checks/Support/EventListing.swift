internal import CTJSON
internal import CTSpec

extension SpecCatalog {
  /// The largest page of events that there is.
  var largestPage: Int {
    let limit = operation("GET", "/events")?.parameters.first { $0.name == "limit" }
    return limit.flatMap { document.index.resolved($0.schema).maximum?.int } ?? 100
  }
}

/// Reads `GET /events`, or another list, page by page.
struct EventListing {
  let context: CheckContext
  let token: String
  /// The first page's query, percent-encoded.
  let query: String
  var path = "/events"
  /// More pages are not read: a filter that leaves more is no filter.
  var maximumPages = 200

  /// What a walk over the pages saw.
  struct Result {
    var events: [JSONValue] = []
    /// How many items each page had.
    var sizes: [Int] = []
    var probes: [Probe] = []
    /// Every response so far was 200 with an array.
    var isComplete = true

    func count(of eventID: String) -> Int { events.count { $0["eventId"]?.string == eventID } }
  }

  /// All pages, or as far as responses can be read; `until` ends the walk early.
  func pages(until isEnough: (Result) async -> Bool = { _ in false }) async throws(CannotRun) -> Result {
    var result = Result()
    result.isComplete = try await walk { probe, events in
      if result.sizes.isEmpty { result.probes = [probe] }
      result.events += events
      result.sizes.append(events.count)
      return await !isEnough(result)
    }
    if result.probes.isEmpty { result.probes = [first] }
    return result
  }

  /// Reads page after page as long as `take` wants more, and keeps none. False, and a finding, when one could not be
  /// read.
  func walk(_ take: (Probe, [JSONValue]) async -> Bool) async throws(CannotRun) -> Bool {
    let operation = context.spec.operation("GET", path)
    var probe = first
    for page in 1...maximumPages {
      let observation = try await context.send(probe, to: operation)
      guard let observation, observation.status == 200, let events = observation.json?.elements else {
        context.saw(observation?.summary ?? "no response")
        if let observation { context.unanswered(observation, probe, operation) }
        return false
      }
      guard await take(probe, events) else { return true }
      let target = observation.field("Link").flatMap { NextPage.target(in: $0) }
        .flatMap { context.session.deployment.target(ofLink: $0) }
      guard let target else { return true }
      probe = Probe("GET", target, label: "page \(page + 1)", token: .known(token))
    }
    return true
  }

  private var first: Probe {
    Probe("GET", query.isEmpty ? path : "\(path)?\(query)", label: "list", token: .known(token))
  }

  /// Asks again and again until these events are listed, as long as the run is patient; also tells how long not all of
  /// them were there.
  func wait(for eventIDs: [String]) async throws(CannotRun) -> (result: Result, late: Duration?) {
    let start = ContinuousClock.now
    var late: Duration?
    while true {
      let result = try await pages()
      let waited = ContinuousClock.now - start
      let isThere = eventIDs.allSatisfy { result.count(of: $0) > 0 }
      if !result.isComplete || isThere || waited > context.session.settings.patience {
        return (result, late)
      }
      late = waited
      try? await Task.sleep(for: .milliseconds(50))
    }
  }

  /// The same, and a finding for each of them that is not listed in time.
  func found(_ eventIDs: [String]) async throws(CannotRun) -> Result {
    let result = try await wait(for: eventIDs).result
    for id in eventIDs where result.isComplete && result.count(of: id) == 0 {
      context.find(
        "an accepted event is not listed",
        expected: "\(id) within \(Int(context.session.settings.patience.milliseconds)) ms",
        seen: "\(result.events.count) events without it",
        clause: context.spec.reference(.response("GET", "/events", 200)), by: result.probes)
    }
    return result
  }

  func wait(for eventID: String) async throws(CannotRun) -> (result: Result, late: Duration?) {
    try await wait(for: [eventID])
  }
}
