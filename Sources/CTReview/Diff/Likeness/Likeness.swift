internal import CTSpec

/// Which schemas of two documents say the same, whatever they are called, wherever they stand and in whichever order.
///
/// Schemas that say the same by themselves begin as one class, and a class is split as long as its schemas lead to
/// different classes. The largest part keeps the number of the class, and only what leads to the others is looked at
/// again (after Hopcroft, "An n log n algorithm for minimizing states in a finite automaton", 1971).
struct Likeness {
  private let old: [SchemaID: Int]
  private let new: [SchemaID: Int]
  private let classes: [Int]

  init(old: SpecIndex, new: SpecIndex) {
    var graph = SchemaGraph()
    self.old = graph.add(old)
    self.new = graph.add(new)
    var partition = SchemaPartition(graph)
    partition.refine()
    classes = partition.classes
  }

  /// Whether the same is said by all of some schemas as by all of others. What is put together in another way may say the
  /// same and not be seen here.
  func areAlike(_ old: [SchemaID], _ new: [SchemaID]) -> Bool {
    Set(old.map { classOf($0, self.old) }) == Set(new.map { classOf($0, self.new) })
  }

  func oldClass(of id: SchemaID) -> Int { classOf(id, old) }
  func newClass(of id: SchemaID) -> Int { classOf(id, new) }

  private func classOf(_ id: SchemaID, _ numbers: [SchemaID: Int]) -> Int {
    guard let number = numbers[id] else { preconditionFailure("no schema at \(id)") }
    return classes[number]
  }
}

/// Schemas in classes, which are split until all in one class lead to the same classes.
private struct SchemaPartition {
  private let nodes: [SchemaGraph.Node]
  private let origins: [[Int]]
  private(set) var classes: [Int]
  private var members: [Set<Int>] = []
  /// What those of a class lead to that were not looked at again.
  private var signatures: [[Int]] = []
  private var changed: Set<Int> = []

  init(_ graph: SchemaGraph) {
    nodes = graph.nodes
    var origins: [[Int]] = graph.nodes.map { _ in [] }
    for (number, node) in graph.nodes.enumerated() {
      for link in node.links { origins[link.target].append(number) }
    }
    self.origins = origins
    classes = graph.nodes.map { _ in 0 }
    for (_, numbers) in Dictionary(grouping: graph.nodes.indices, by: { graph.nodes[$0].statements }) {
      for number in numbers { classes[number] = members.count }
      members.append(Set(numbers))
      signatures.append([])
    }
  }

  mutating func refine() {
    changed = Set(nodes.indices)
    while !changed.isEmpty {
      let current = changed.map { (number: $0, signature: signature($0)) }
      changed = []
      for (index, part) in Dictionary(grouping: current, by: { classes[$0.number] }) { split(index, part) }
    }
  }

  private func signature(_ number: Int) -> [Int] {
    let links = nodes[number].links.map { $0.role << 32 | classes[$0.target] }
    return (nodes[number].countsLinks ? links : Array(Set(links))).sorted()
  }

  private mutating func split(_ index: Int, _ part: [(number: Int, signature: [Int])]) {
    var parts = Dictionary(grouping: part, by: \.signature).mapValues { Set($0.map(\.number)) }
    if part.count < members[index].count {
      // Those that were not looked at again lead to what they led to.
      let rest = members[index].subtracting(part.map(\.number))
      parts[signatures[index], default: []].formUnion(rest)
    }
    guard let largest = parts.max(by: { $0.value.count < $1.value.count }) else { return }
    signatures[index] = largest.key
    for (signature, numbers) in parts where signature != largest.key {
      for number in numbers {
        classes[number] = members.count
        changed.formUnion(origins[number])
      }
      members.append(numbers)
      signatures.append(signature)
    }
    members[index] = largest.value
  }
}
