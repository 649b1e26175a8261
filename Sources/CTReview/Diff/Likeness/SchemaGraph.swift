import CTJSON
internal import CTSpec

/// The schemas of two documents, and what leads from one to another, as numbers.
struct SchemaGraph {
  struct Node {
    var statements: [Int] = []
    /// The part that the other node plays, and its number.
    var links: [(role: Int, target: Int)] = []
    /// Whether the same link twice is more than once: one branch of two of a `oneOf` must not hold.
    var countsLinks = false
  }

  private struct Group: Hashable {
    let schema: SchemaID
    let keyword: String
  }

  /// Beyond this many schemas within others, by `$ref` and `allOf`, nothing is known, so that no document is too much.
  private static let maximumMembers = 1_000_000

  private(set) var nodes: [Node] = []
  private var words: [Statement: Int] = [:]
  private var wordCount = 0
  private var memberCount = 0
  /// What each schema says by itself, which is asked for wherever it takes part.
  private var own: [SchemaID: Node] = [:]

  /// Adds all schemas of a document, and tells their numbers: references that say nothing have the one of their target.
  mutating func add(_ index: SpecIndex) -> [SchemaID: Int] {
    let first = nodes.count
    let ids = index.order.filter { !index[$0].isAlias }
    var numbers = Dictionary(zip(ids, first...)) { number, _ in number }
    for id in index.order where index[id].isAlias {
      var target = index[id]
      while target.isAlias, let ref = target.ref { target = index[ref] }
      numbers[id] = numbers[target.id]
    }
    nodes += ids.map { _ in Node() }
    own = [:]
    var groups: [Group: Int] = [:]
    for (number, id) in zip(first..., ids) {
      nodes[number] = memberCount > Self.maximumMembers ? unknown() : node(id, index, numbers, &groups)
    }
    return numbers
  }

  /// Like nothing else.
  private mutating func unknown() -> Node {
    wordCount += 1
    return Node(statements: [wordCount])
  }

  private mutating func node(
    _ id: SchemaID, _ index: SpecIndex, _ numbers: [SchemaID: Int], _ groups: inout [Group: Int]
  ) -> Node {
    let whole = Conjunction([id], in: index)
    memberCount += whole.members.count
    var node = Node()
    var statements = Set(whole.limits.map { word($0) })
    for member in whole.members {
      let own = own(member, numbers)
      statements.formUnion(own.statements)
      node.links += own.links
    }
    node.statements = statements.sorted()
    for branching in whole.branchings {
      let group = Group(schema: branching.schema.id, keyword: branching.keyword)
      let number = groups[group] ?? add(branching, numbers)
      groups[group] = number
      link(&node, Statement(branching.keyword), number)
    }
    return node
  }

  private mutating func own(_ schema: Schema, _ numbers: [SchemaID: Int]) -> Node {
    if let known = own[schema.id] { return known }
    var node = Node(statements: schema.statements.map { word($0) })
    for (role, target) in schema.links { link(&node, role, numbers[target]) }
    own[schema.id] = node
    return node
  }

  /// Branches stand apart from what is around them: which ones stand together matters.
  private mutating func add(_ branching: Branching, _ numbers: [SchemaID: Int]) -> Int {
    var node = Node(statements: [word(Statement(branching.keyword))], countsLinks: branching.keyword == "oneOf")
    if let rule = branching.discriminator {
      node.statements.append(word(Statement("discriminator", [.string(rule.propertyName)])))
      for (value, id) in rule.mapping { link(&node, Statement("mapping", [.string(value)]), numbers[id]) }
    } else {
      for id in branching.branches { link(&node, Statement("branch"), numbers[id]) }
    }
    nodes.append(node)
    return nodes.count - 1
  }

  private mutating func link(_ node: inout Node, _ role: Statement, _ target: Int?) {
    guard let target else { return }
    node.links.append((word(role), target))
  }

  private mutating func word(_ statement: Statement) -> Int {
    if let known = words[statement] { return known }
    wordCount += 1
    words[statement] = wordCount
    return wordCount
  }
}

extension Schema {
  /// Whether it is a reference that says nothing of its own.
  var isAlias: Bool { ref != nil && isPureReference && defaultValue == nil && !readOnly && !writeOnly }

  /// The discriminator that chooses among the branches of a keyword: those of `oneOf`, or else those of `anyOf`.
  func discriminator(of keyword: String) -> Discriminator? {
    keyword == "oneOf" || oneOf.isEmpty ? discriminator : nil
  }
}
