internal import CTHTTP
internal import CTJSON
internal import CTSpec

/// Every list of the spec that has pages, and the things in it: read only.
enum StateLists {
  private static let maximumPages = 5
  private static let maximumItems = 3

  static let lists = Check(
    "state-lists", .state, title: "Every list has pages of the size that is asked for, without repetition",
    expects: "no item twice, no page larger than limit", clause: .pointer("/paths")
  ) { context async throws(CannotRun) in
    for operation in context.spec.lists where operation.parameters.contains(where: { $0.name == "limit" }) {
      guard let caller = context.callers.first(where: { operation.admits(role: $0.role) }) else { continue }
      for limit in [1, 2] {
        let listing = EventListing(
          context: context, token: caller.name, query: "limit=\(limit)", path: operation.path.raw,
          maximumPages: maximumPages)
        let result = try await listing.pages()
        if let size = result.sizes.first(where: { $0 > limit }) {
          context.find(
            "a page of \(operation.name) is larger than limit", expected: "at most \(limit)", seen: "\(size)",
            clause: context.spec.reference(.parameter("GET", operation.path.raw, "limit")), by: result.probes)
        }
        let items = result.events.map { JSONWriter.write($0) }
        if Set(items).count < items.count {
          context.find(
            "pages of \(operation.name) repeat an item", expected: "each item once",
            seen: "\(items.count) items, \(Set(items).count) different ones",
            clause: context.spec.reference(operation.location, operation.name), by: result.probes)
        }
      }
    }
  }

  static let items = Check(
    "state-items", .state, title: "What a list names can be read by its name", expects: "200 OK, and the same name",
    clause: .pointer("/paths")
  ) { context async throws(CannotRun) in
    let count = try await readItems(context)
    context.saw("\(count) things read")
    if count == 0 { context.skip(.notApplicable("the lists that can be read are empty")) }
  }

  /// Reads some of the things of every list by their names; gives how many.
  static func readItems(_ context: CheckContext) async throws(CannotRun) -> Int {
    var count = 0
    for (list, item, parameter) in context.spec.listedThings {
      let caller = context.callers.first { list.admits(role: $0.role) && item.admits(role: $0.role) }
      guard let caller else { continue }
      let listing = EventListing(
        context: context, token: caller.name, query: "", path: list.path.raw, maximumPages: 1)
      for thing in try await listing.pages().events.prefix(maximumItems) {
        guard let name = thing[parameter]?.string ?? thing["id"]?.string else { continue }
        let sample = SampleRequest(spec: context.spec, runID: context.session.runID)
        guard let path = sample.path(of: item, .example, replacing: [parameter: name]) else { continue }
        let probe = Probe("GET", path, label: "\(item.name) of \(list.name)", token: .known(caller.name))
        guard let seen = try await context.send(probe, to: item) else { continue }
        count += 1
        if seen.status != 200 {
          context.find(
            "what \(list.name) names is not at \(item.path.raw)", expected: "200 OK", seen: seen.summary,
            clause: context.spec.reference(item.location, item.name), by: [probe])
        }
      }
    }
    return count
  }
}

extension SpecCatalog {
  /// Operations that answer with an array.
  var lists: [Operation] {
    operations.filter { operation in
      guard operation.method == "GET", operation.path.parameterNames.isEmpty,
        let schema = operation.response(for: 200)?.content.preferred?.schema
      else { return false }
      return document.index.resolved(schema).types == [.array]
    }
  }

  /// A list, the operation that reads one thing of it, and the parameter that names the thing: `/runs` and
  /// `/runs/{runId}`.
  var listedThings: [(list: Operation, item: Operation, parameter: String)] {
    lists.flatMap { list in
      operations.compactMap { item -> (list: Operation, item: Operation, parameter: String)? in
        guard item.method == "GET", item.path.segments.count == list.path.segments.count + 1,
          item.path.segments.dropLast().elementsEqual(list.path.segments),
          case .parameter(let name)? = item.path.segments.last
        else { return nil }
        return (list, item, name)
      }
    }
  }
}
