internal import CTSpec

/// Finds the schemas that refer back to themselves: those need functions, since code written in place would never end.
///
/// Tarjan's algorithm for strongly connected components (1972), so that large specs take linear time.
struct RecursionFinder {
  private let index: SpecIndex
  private var numbers: [SchemaID: Int] = [:]
  private var lows: [SchemaID: Int] = [:]
  private var stack: [SchemaID] = []
  private var onStack: Set<SchemaID> = []
  private var recursive: Set<SchemaID> = []

  private init(index: SpecIndex) { self.index = index }

  /// The schemas that are part of a cycle and that a `$ref` leads to, in the order of the files.
  static func referenceTargets(in index: SpecIndex) -> [SchemaID] {
    var finder = RecursionFinder(index: index)
    for id in index.order where finder.numbers[id] == nil { finder.visit(id) }
    let targets = Set(index.order.compactMap { index[$0].ref.map { index.resolved($0).id } })
    return index.order.filter { finder.recursive.contains($0) && targets.contains($0) }
  }

  private mutating func visit(_ id: SchemaID) {
    let number = numbers.count
    numbers[id] = number
    lows[id] = number
    stack.append(id)
    onStack.insert(id)
    for child in index[id].children {
      if numbers[child] == nil {
        visit(child)
        lows[id] = min(lows[id]!, lows[child]!)
      } else if onStack.contains(child) {
        lows[id] = min(lows[id]!, numbers[child]!)
        if child == id { recursive.insert(id) }
      }
    }
    guard lows[id] == number else { return }
    closeComponent(upTo: id)
  }

  private mutating func closeComponent(upTo id: SchemaID) {
    var members: [SchemaID] = []
    while let last = stack.popLast() {
      onStack.remove(last)
      members.append(last)
      if last == id { break }
    }
    if members.count > 1 { recursive.formUnion(members) }
  }
}
