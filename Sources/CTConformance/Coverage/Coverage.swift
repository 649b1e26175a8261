/// What was reached: operation × status × keyword, with how many requests did.
package struct Coverage: Sendable {
  package struct Key: Hashable, Sendable, Comparable {
    package let operation: String
    package let status: Int
    package let keyword: String

    package static func < (a: Self, b: Self) -> Bool {
      (a.operation, a.status, a.keyword) < (b.operation, b.status, b.keyword)
    }
  }

  private var counts: [Key: Int] = [:]
  package private(set) var gaps: [CoverageGap] = []

  package init() {}

  mutating func add(_ exchange: Exchange) {
    guard let operation = exchange.operation, let status = exchange.status else { return }
    counts[Key(operation: operation, status: status, keyword: exchange.keyword ?? ""), default: 0] += 1
  }

  mutating func add(_ gap: CoverageGap) {
    if !gaps.contains(gap) { gaps.append(gap) }
  }

  package var rows: [(key: Key, count: Int)] {
    counts.sorted { $0.key < $1.key }.map { (key: $0.key, count: $0.value) }
  }

  func hasReached(_ operation: String, _ status: Int) -> Bool {
    counts.keys.contains { $0.operation == operation && $0.status == status }
  }

  /// The keywords that some request to an operation has tried.
  func keywords(of operation: String) -> Set<String> {
    Set(counts.keys.filter { $0.operation == operation && !$0.keyword.isEmpty }.map(\.keyword))
  }
}
