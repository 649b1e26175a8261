/// The parts of a graph from which every node leads to every other.
///
/// Tarjan's algorithm (1972), without recursion, so that large specs take linear time and long chains no stack.
struct StrongComponents<Node: Hashable> {
  private struct Visit {
    let place: Int
    let children: [Node]
    var next = 0
  }

  /// Children before their parents, as far as there are no cycles.
  private(set) var order: [Node] = []
  /// The nodes that lead back to themselves.
  private(set) var recursive: Set<Node> = []

  /// The nodes by the order in which they were met; all that is known of them is at the same place.
  private var nodes: [Node] = []
  private var places: [Node: Int] = [:]
  private var lows: [Int] = []
  private var components: [Int?] = []
  private var path: [Visit] = []
  private var open: [Int] = []

  init(_ nodes: [Node], children: (Node) -> [Node]) {
    for root in nodes where places[root] == nil {
      begin(root, children)
      while let top = path.last {
        if top.next < top.children.count {
          path[path.count - 1].next += 1
          follow(top.place, top.children[top.next], children)
        } else {
          path.removeLast()
          finish(top.place)
        }
      }
    }
  }

  /// Which component a node is in.
  func component(of node: Node) -> Int? { places[node].flatMap { components[$0] } }

  private mutating func begin(_ node: Node, _ children: (Node) -> [Node]) {
    let place = nodes.count
    nodes.append(node)
    places[node] = place
    lows.append(place)
    components.append(nil)
    open.append(place)
    path.append(Visit(place: place, children: children(node)))
  }

  private mutating func follow(_ place: Int, _ child: Node, _ children: (Node) -> [Node]) {
    guard let target = places[child] else { return begin(child, children) }
    guard components[target] == nil else { return }
    lows[place] = min(lows[place], target)
    if target == place { recursive.insert(child) }
  }

  private mutating func finish(_ place: Int) {
    order.append(nodes[place])
    if let parent = path.last?.place { lows[parent] = min(lows[parent], lows[place]) }
    guard lows[place] == place else { return }
    let start = open.lastIndex(of: place)!
    for member in open[start...] { components[member] = place }
    if open.count - start > 1 { recursive.formUnion(open[start...].map { nodes[$0] }) }
    open.removeSubrange(start...)
  }
}
