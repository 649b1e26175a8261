import Testing

@testable import CTRuntime

/// Paths find their operations; literal segments win over parameters.
@Suite struct RouterTests {
  private static let router: Router = {
    var router = Router()
    router.add([.literal("events")], method: "GET", operation: 0)
    router.add([.literal("events")], method: "POST", operation: 1)
    router.add([.literal("events"), .parameter], method: "GET", operation: 2)
    router.add([.literal("events"), .literal("stream")], method: "GET", operation: 3)
    router.add([.literal("runs"), .parameter, .literal("logs")], method: "GET", operation: 4)
    router.add([.parameter, .literal("x")], method: "GET", operation: 5)
    return router
  }()

  private func operation(_ method: String, _ path: String) -> Int? {
    guard let match = Self.router.match(Array(path.utf8)[...]) else { return nil }
    return Self.router.operation(at: match.node, method: method)
  }

  /// What stands for the parameters in a path that begins somewhere in an array.
  private func parameters(_ router: Router, _ bytes: [UInt8], from start: Int) throws -> [String] {
    let captures = try #require(router.match(bytes[start...])).captures
    return (0..<captures.count).map { String(decoding: bytes[captures.range(of: $0, in: bytes)], as: UTF8.self) }
  }

  @Test(
    arguments: [
      ("GET", "/events", 0), ("POST", "/events", 1), ("GET", "/events/e1", 2), ("GET", "/events/stream", 3),
      ("GET", "/events/streams", 2), ("GET", "/runs/r/logs", 4), ("GET", "/events/x", 2), ("GET", "/other/x", 5),
      ("GET", "/runs/x", 5), ("DELETE", "/events", nil), ("GET", "/", nil), ("GET", "/event", nil),
      ("GET", "/events/", nil),
      ("GET", "/events//", nil), ("GET", "/runs//logs", nil), ("GET", "/runs/r/logs/", nil), ("GET", "events", nil),
      ("GET", "", nil), ("GET", "/Events", nil), ("GET", "/events2", nil),
    ] as [(String, String, Int?)])
  func `finds the operation`(method: String, path: String, expected: Int?) {
    #expect(operation(method, path) == expected)
  }

  @Test func `says where the parameters are`() throws {
    #expect(try parameters(Self.router, Array("/runs/run_1/logs".utf8), from: 0) == ["run_1"])
  }

  @Test func `takes any number of parameters, also in the middle of an array`() throws {
    var router = Router()
    router.add((0..<6).flatMap { [.literal("l\($0)"), .parameter] }, method: "GET", operation: 7)
    router.add([.literal("l0"), .parameter, .literal("l1"), .literal("x"), .literal("y")], method: "GET", operation: 8)
    let bytes = Array("GET /l0/a/l1/x/l2/c/l3/d/l4/e/l5/fg".utf8)
    let match = try #require(router.match(bytes[4...]))
    #expect(router.operation(at: match.node, method: "GET") == 7)
    #expect(try parameters(router, bytes, from: 4) == ["a", "x", "c", "d", "e", "fg"])
  }

  @Test func `the root is a path too`() throws {
    var router = Router()
    router.add([], method: "GET", operation: 3)
    router.add([.parameter], method: "GET", operation: 4)
    let match = try #require(router.match(Array("/".utf8)[...]))
    #expect(router.operation(at: match.node, method: "GET") == 3)
    #expect(try parameters(router, Array("/a".utf8), from: 0) == ["a"])
  }

  @Test func `lists the methods, HEAD with GET`() throws {
    let match = try #require(Self.router.match(Array("/events".utf8)[...]))
    #expect(Self.router.methods(at: match.node) == ["GET", "HEAD", "POST"])
  }

  @Test func `tells apart names that share their first bytes`() {
    var router = Router()
    let names = (0..<300).map { "segment_with_a_long_name_\($0)" }
    for (index, name) in names.enumerated() { router.add([.literal(name)], method: "GET", operation: index) }
    for (index, name) in names.enumerated() {
      let match = router.match(Array("/\(name)".utf8)[...])
      #expect(match.flatMap { router.operation(at: $0.node, method: "GET") } == index)
    }
  }

  @Test(arguments: 0..<20) func `finds every path of a tree that grows in any order, and no other`(seed: Int) {
    // A path of up to four words for each number: those that the seed keeps are routes.
    let words = ["a", "b", "ab", "", "a long segment", "a long segmenT"]
    let paths = (0..<1296).map { number in
      (0..<(number % 4 + 1)).map { words[number / [1, 6, 36, 216][$0] % 6] }
    }
    var router = Router()
    var routes: [[String]: Int] = [:]
    for step in 0..<paths.count {
      let path = paths[(step * 35 + seed * 7) % paths.count]
      guard (step + seed) % 3 == 0, routes[path] == nil else { continue }
      routes[path] = step
      router.add(path.map { .literal($0) }, method: "GET", operation: step)
    }
    for path in paths {
      let match = router.match(Array("/\(path.joined(separator: "/"))".utf8)[...])
      #expect(match.flatMap { router.operation(at: $0.node, method: "GET") } == routes[path], "\(path)")
    }
  }
}
