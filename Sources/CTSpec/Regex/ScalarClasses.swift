/// The coarsest division of all code points into classes that some sets do not tell apart.
struct ScalarClasses {
  /// Sets times the places where one begins or ends: what dividing takes in time, and more than any pattern of people has.
  private static let maximumWork = 10_000_000

  private(set) var runs: [(first: UInt32, class: Int)] = []
  private(set) var count = 0
  private let sets: [ScalarSet]
  /// For each class, which sets hold it.
  private var membership: [[Bool]] = []

  init(_ sets: [ScalarSet]) throws(Pattern.Fault) {
    self.sets = sets
    var starts: Set<UInt32> = [0]
    for range in sets.lazy.flatMap(\.ranges) {
      starts.insert(range.lowerBound)
      if range.upperBound < ScalarSet.maximum { starts.insert(range.upperBound + 1) }
    }
    guard starts.count * sets.count <= Self.maximumWork else {
      throw Pattern.Fault(
        message: "the pattern tells too many characters apart: \(sets.count) characters and classes of them", offset: 0)
    }
    var numbers: [[Bool]: Int] = [:]
    for first in starts.sorted() {
      let holders = sets.map { $0.contains(first) }
      let number = numbers[holders] ?? numbers.count
      if numbers[holders] == nil {
        numbers[holders] = number
        membership.append(holders)
      }
      if runs.last?.class != number { runs.append((first, number)) }
    }
    count = numbers.count
  }

  func contains(_ index: Int, set: Int) -> Bool { membership[index][set] }

  func contains(_ index: Int, _ set: ScalarSet) -> Bool {
    sets.firstIndex(of: set).map { membership[index][$0] } ?? false
  }
}
