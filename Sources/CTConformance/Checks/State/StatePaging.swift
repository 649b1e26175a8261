internal import CTHTTP
internal import CTJSON
internal import CTSpec

/// Pages follow each other without gap or overlap, also while the list grows.
enum StatePaging {
  private static let needs = Check.Needs(tokens: ["maintainer"], secret: true, writes: true)
  private static let clause = Clause.parameter("GET", "/events", "cursor")

  static let pages = Check(
    "state-paging", .state, title: "Pages follow each other without gap or overlap, newest first",
    expects: "each event once, in the order of ts, no page larger than limit", clause: clause, needs: needs
  ) { context async throws(CannotRun) in
    let chain = EventChain(context, name: "page")
    guard let links = chain.links(7) else { return context.skip(.missing(["a token that may send events"])) }
    guard try await chain.send(links) else { return }
    _ = try await EventListing(context: context, token: "maintainer", query: chain.query).found(links.map(\.id))
    for limit in [1, 3, 7, 8] {
      let query = "\(chain.query)&limit=\(limit)"
      let result = try await EventListing(context: context, token: "maintainer", query: query).pages()
      guard result.isComplete else { continue }
      judge(result, links, limit, context)
    }
  }

  private static func judge(
    _ result: EventListing.Result, _ links: [EventChain.Link], _ limit: Int, _ context: CheckContext
  ) {
    // Newest first; of the same instant, what arrived later first.
    let due = links.enumerated().sorted {
      ($0.element.instant?.microseconds ?? 0, $0.offset) > ($1.element.instant?.microseconds ?? 0, $1.offset)
    }.map(\.element.id)
    let seen = result.events.compactMap { $0["eventId"]?.string }
    let probes = links.map(\.probe) + result.probes
    if Set(seen) != Set(due) || seen.count != due.count {
      context.find(
        "pages leave out events or repeat them", expected: "\(due.count) events, each once, with limit=\(limit)",
        seen: "\(seen.count) events, \(Set(seen).count) different ones", by: probes)
    } else if seen != due {
      context.find(
        "the events are not listed newest first", expected: due.joined(separator: " "),
        seen: seen.joined(separator: " "), clause: context.spec.reference(.operation("GET", "/events")), by: probes)
    }
    if let size = result.sizes.first(where: { $0 > limit }) {
      context.find(
        "a page is larger than limit", expected: "at most \(limit)", seen: "\(size)",
        clause: context.spec.reference(.parameter("GET", "/events", "limit")), by: probes)
    }
    if result.sizes.count > 1, result.sizes.last == 0 {
      context.find(
        "the last page is announced and empty", expected: "no Link where there is no more", seen: "an empty page",
        clause: context.spec.reference(.response("GET", "/events", 200)), by: probes)
    }
  }

  static let inserts = Check(
    "state-paging-inserts", .state, title: "Pages lose and repeat nothing while events arrive",
    expects: "each event that was there at the beginning, once", clause: clause, needs: needs
  ) { context async throws(CannotRun) in
    let chain = EventChain(context, name: "insert")
    guard let links = chain.links(9), let more = chain.links(9, from: 100) else {
      return context.skip(.missing(["a token that may send events"]))
    }
    guard try await chain.send(links) else { return }
    let listing = EventListing(context: context, token: "maintainer", query: chain.query)
    _ = try await listing.found(links.map(\.id))
    // After each page an event arrives that is newer than all, and moves every place by one.
    var waiting = more[...]
    let walk = EventListing(context: context, token: "maintainer", query: "\(chain.query)&limit=2")
    var failure: CannotRun?
    let result = try await walk.pages { result in
      guard !result.sizes.isEmpty, let link = waiting.popFirst() else { return false }
      do throws(CannotRun) {
        return try await !chain.send([link])
      } catch {
        failure = error
        return true
      }
    }
    if let failure { throw failure }
    guard result.isComplete else { return }
    let lost = links.filter { result.count(of: $0.id) == 0 }.map(\.id)
    let repeated = (links + more).filter { result.count(of: $0.id) > 1 }.map(\.id)
    let probes = links.map(\.probe) + result.probes
    if !lost.isEmpty {
      context.find(
        "pages leave out events while others arrive", expected: "each event that was there, once",
        seen: "without \(lost.joined(separator: " "))", by: probes)
    }
    if !repeated.isEmpty {
      context.find(
        "pages repeat events while others arrive", expected: "each event at most once",
        seen: "twice \(repeated.joined(separator: " "))", by: probes)
    }
  }
}
