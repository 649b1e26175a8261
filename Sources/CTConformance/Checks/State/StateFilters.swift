internal import CTHTTP
internal import CTJSON
internal import CTSpec

/// What was sent is found by each filter, and by nothing else.
enum StateFilters {
  private static let needs = Check.Needs(tokens: ["maintainer"], secret: true, writes: true)

  static let filters = Check(
    "state-filters", .state, title: "What was sent is found by each filter, and nothing else is",
    expects: "exactly the events that the filter names", clause: .response("GET", "/events", 200), needs: needs
  ) { context async throws(CannotRun) in
    let chain = EventChain(context, name: "filter")
    guard let links = chain.links(6), let operation = context.spec.operation("GET", "/events") else {
      return context.skip(.missing(["a token that may send events"]))
    }
    guard try await chain.send(links) else { return }
    let listing = EventListing(context: context, token: "maintainer", query: chain.query)
    let (all, late) = try await listing.wait(for: links.map(\.id))
    let delay = late.map { "all listed after more than \(Int($0.milliseconds)) ms" } ?? "all listed at once"
    context.saw(delay)
    for link in links where all.isComplete && all.count(of: link.id) != 1 {
      context.find(
        "an accepted event is not listed once within \(Int(context.session.settings.patience.milliseconds)) ms",
        expected: "\(link.id), once", seen: "\(all.count(of: link.id)) of it", by: [link.probe] + all.probes)
    }
    for parameter in operation.parameters where parameter.placement == .query {
      for filter in Filter.all(parameter, links, operation, context.spec) { try await judge(filter, links, context) }
    }
  }

  /// Reads with one filter, within the run's time so that a log of years is not read.
  private static func judge(
    _ filter: Filter, _ links: [EventChain.Link], _ context: CheckContext
  ) async throws(CannotRun) {
    let window = filter.isTime ? [] : ["from=\(encoded(links.first?.instant))"]
    let query = (["\(filter.parameter.name)=\(PercentEncoding.encode(filter.value.utf8))"] + window).joined(
      separator: "&")
    // Anything at that time may be in the list: what counts is which of our own are.
    let bounded = filter.isTime ? query + "&correlationId=\(links.first?.event["correlationId"]?.string ?? "")" : query
    let result = try await EventListing(context: context, token: "maintainer", query: bounded).pages()
    guard result.isComplete else { return }
    let clause = context.spec.reference(filter.parameter.location, "parameter \(filter.parameter.name)")
    let told = "\(filter.parameter.name)=\(filter.value)"
    for link in links where filter.admits(link.event) != (result.count(of: link.id) > 0) {
      context.find(
        "the filter \(filter.parameter.name) \(filter.admits(link.event) ? "leaves out" : "lets through") what it should not",
        expected: "\(told) \(filter.admits(link.event) ? "with" : "without") \(link.id)", seen: "the opposite",
        clause: clause, by: [link.probe] + result.probes)
    }
    if let other = result.events.first(where: { !filter.admits($0) }) {
      context.find(
        "the filter \(filter.parameter.name) lets through what it should not", expected: told,
        seen: other["eventId"]?.string ?? "an event without an id", clause: clause, by: result.probes)
    }
  }

  private static func encoded(_ instant: Timestamp?) -> String {
    PercentEncoding.encode((instant?.description ?? "").utf8)
  }
}

/// One value for a parameter that filters, and what it means.
struct Filter {
  let parameter: Parameter
  let value: String
  let isTime: Bool
  let admits: @Sendable (JSONValue) -> Bool

  /// A parameter that is called like a member of the items is equal to it; `from` and `to` bound the instant, the first
  /// inclusive, the second exclusive. Others (`limit`, `cursor`) filter nothing.
  static func all(
    _ parameter: Parameter, _ links: [EventChain.Link], _ operation: Operation, _ spec: SpecCatalog
  ) -> [Filter] {
    let name = parameter.name
    if name == "from" || name == "to" {
      let instants = [links.dropFirst().first, links.dropFirst(links.count / 2).first].compactMap { $0?.instant }
      return instants.map { bound in
        Filter(parameter: parameter, value: bound.description, isTime: true) { event in
          guard let ts = event["ts"]?.string.flatMap({ Timestamp($0) }) else { return false }
          return name == "from" ? ts >= bound : ts < bound
        }
      }
    }
    var values: [String] = []
    for value in links.compactMap({ $0.event[name]?.string }) where !values.contains(value) { values.append(value) }
    return values.map { value in
      Filter(parameter: parameter, value: value, isTime: false) { $0[name]?.string == value }
    }
  }
}
