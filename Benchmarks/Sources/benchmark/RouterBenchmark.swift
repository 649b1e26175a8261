import CTRuntime

/// The router of a spec with 200 routes.
enum RouterBenchmark {
  static func rows() -> [Row] {
    var router = Router()
    let words = [
      "accounts", "invoices", "events", "systems", "reports", "runs", "triggers", "alerts", "tokens", "letters",
    ]
    for index in 0..<200 {
      let resource = "\(words[index % words.count])-\(index / 40)"
      var path: [Router.Segment] = [.literal("v1"), .literal(resource)]
      if index % 40 >= 10 { path.append(.parameter) }
      if index % 40 >= 20 { path.append(.literal("parts")) }
      if index % 40 >= 30 { path.append(.parameter) }
      router.add(path, method: "GET", operation: index)
    }
    return [
      row("static route", router, "/v1/reports-3", limit: 50),
      row("one parameter", router, "/v1/events-2/evt_demo_001", limit: 100),
      row("two parameters", router, "/v1/events-2/evt_demo_001/parts/17", limit: 200),
    ]
  }

  private static func row(_ name: String, _ router: Router, _ path: String, limit: Double) -> Row {
    let bytes = Array(path.utf8)
    guard router.match(bytes[...]) != nil else { fatalError("no route for \(path)") }
    let cost = measure { for _ in 0..<100 { use(router.match(bytes[...])) } }
    let time = cost.nanoseconds / 100
    return Row(
      name: "router, 200 routes: \(name)", value: "\(rounded(time)) ns, \(rounded(cost.allocations)) allocations",
      target: "\(Int(limit)) ns, no allocation", isMet: time < limit && cost.allocations == 0)
  }
}
