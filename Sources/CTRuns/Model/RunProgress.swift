package import CTJSON

/// How far a run is, in steps of its own.
package struct RunProgress: Sendable, Hashable {
  package var done: Int
  package var total: Int

  private static let limit = 1_000_000_000

  package init?(done: Int, total: Int) {
    guard (0...Self.limit).contains(done), (0...Self.limit).contains(total) else { return nil }
    self.done = done
    self.total = total
  }

  /// `{"done": 3, "total": 10}`
  package init?(_ json: JSONValue?) {
    guard let done = json?["done"]?.integer, let total = json?["total"]?.integer else { return nil }
    self.init(done: done, total: total)
  }

  var json: JSONValue {
    .object([.init(key: "done", value: .integer(done)), .init(key: "total", value: .integer(total))])
  }
}
