/// The parts of a graph from which every node leads to every other.
///
/// Tarjan's algorithm (1972), without recursion, so that large specs take linear time and long chains no stack.
struct StrongComponents<Node: Hashable> {
  private struct Visit {
    let node: Node
    let children: [Node]
    var next = 0
  }

  /// Children before their parents, as far as there are no cycles.
  private(set) var order: [Node] = []
  /// The nodes that lead back to themselves.
  private(set) var recursive: Set<Node> = []
  /// Which component a node is in.
  private(set) var component: [Node: Int] = [:]

  private var numbers: [Node: Int] = [:]
  private var lows: [Node: Int] = [:]
  private var path: [Visit] = []
  private var open: [Node] = []

  init(_ nodes: [Node], children: (Node) -> [Node]) {
    for root in nodes where numbers[root] == nil {
      begin(root, children)
      while let top = path.last {
        if top.next < top.children.count {
          path[path.count - 1].next += 1
          follow(top.node, top.children[top.next], children)
        } else {
          path.removeLast()
          finish(top.node)
        }
      }
    }
  }

  private mutating func begin(_ node: Node, _ children: (Node) -> [Node]) {
    numbers[node] = numbers.count
    lows[node] = numbers[node]
    open.append(node)
    path.append(Visit(node: node, children: children(node)))
  }

  private mutating func follow(_ node: Node, _ child: Node, _ children: (Node) -> [Node]) {
    if numbers[child] == nil { return begin(child, children) }
    guard component[child] == nil else { return }
    lows[node] = min(lows[node]!, numbers[child]!)
    if child == node { recursive.insert(child) }
  }

  private mutating func finish(_ node: Node) {
    order.append(node)
    if let parent = path.last?.node { lows[parent] = min(lows[parent]!, lows[node]!) }
    guard lows[node] == numbers[node] else { return }
    let start = open.lastIndex(of: node)!
    for member in open[start...] { component[member] = numbers[node] }
    if open.count - start > 1 { recursive.formUnion(open[start...]) }
    open.removeSubrange(start...)
  }
}
