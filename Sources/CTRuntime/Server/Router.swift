internal import Glibc

/// Finds the route of a path: a tree of segments, where a literal segment wins over a parameter (OpenAPI 3.1, paths).
public struct Router: Sendable {
  /// A segment of a path template.
  public enum Segment: Sendable, Hashable {
    case literal(String)
    case parameter
  }

  /// What was found: the methods of the path, and where its parameters stand in it.
  public struct Match: Sendable {
    var node: Int
    /// The parameters in the order of the template, as places in the path's array.
    public var captures: Captures
  }

  /// No reference is in it, nor in ``Literal``: to follow a path counts none.
  private struct Node: Sendable {
    /// Its literal segments, in the order of their keys.
    var literals = 0..<0
    var parameter: Int?
    var hasOperations = false
  }

  private struct Literal: Sendable {
    var key: UInt64
    /// Where in ``text`` it stands.
    var segment: Range<Int>
    var node: Int
  }

  private var nodes = [Node()]
  /// Those of a node stand together.
  private var literals: [Literal] = []
  private var text: [UInt8] = []
  /// Of each node, by method, in the order they were added.
  private var operations: [[(method: String, operation: Int)]] = [[]]

  public init() {}

  /// Adds an operation at a path template.
  public mutating func add(_ segments: [Segment], method: String, operation: Int) {
    var node = 0
    for segment in segments { node = child(of: node, segment) }
    operations[node].append((method, operation))
    nodes[node].hasOperations = true
  }

  private mutating func child(of node: Int, _ segment: Segment) -> Int {
    switch segment {
    case .parameter:
      if let known = nodes[node].parameter { return known }
      nodes[node].parameter = nodes.count
    case .literal(let word):
      let bytes = Array(word.utf8)
      let (known, key) = bytes.withUnsafeBufferPointer { bytes in
        (withTables { $0.literal(of: node, bytes) }, Self.key(bytes))
      }
      if let known { return known }
      let literal = Literal(key: key, segment: text.count..<text.count + bytes.count, node: nodes.count)
      text += bytes
      insert(literal, below: node)
    }
    nodes.append(Node())
    operations.append([])
    return nodes.count - 1
  }

  private mutating func insert(_ literal: Literal, below node: Int) {
    let siblings = nodes[node].literals.isEmpty ? literals.count..<literals.count : nodes[node].literals
    let place = literals[siblings].firstIndex { $0.key > literal.key } ?? siblings.upperBound
    literals.insert(literal, at: place)
    for index in nodes.indices where nodes[index].literals.lowerBound >= siblings.upperBound {
      nodes[index].literals = nodes[index].literals.lowerBound + 1..<nodes[index].literals.upperBound + 1
    }
    nodes[node].literals = siblings.lowerBound..<siblings.upperBound + 1
  }

  /// The node for a path, raw as it stands in the request target.
  public func match(_ path: ArraySlice<UInt8>) -> Match? {
    path.withUnsafeBufferPointer { bytes in
      guard bytes.first == UInt8(ascii: "/") else { return nil }
      var match = Match(node: 0, captures: Captures(base: path.startIndex))
      return withTables { $0.descend(bytes, from: 1, &match) } ? match : nil
    }
  }

  private func withTables<Result>(_ body: (borrowing Tables) -> Result) -> Result {
    nodes.withUnsafeBufferPointer { nodes in
      literals.withUnsafeBufferPointer { literals in
        text.withUnsafeBufferPointer { text in body(Tables(nodes: nodes, literals: literals, text: text)) }
      }
    }
  }

  /// What a router has, while it looks for a path.
  private struct Tables {
    let nodes: UnsafeBufferPointer<Node>
    let literals: UnsafeBufferPointer<Literal>
    let text: UnsafeBufferPointer<UInt8>

    /// Goes on from `match.node`; where that leads nowhere, `match` is as it was.
    func descend(_ path: UnsafeBufferPointer<UInt8>, from start: Int, _ match: inout Match) -> Bool {
      let node = match.node
      var end = start
      while end < path.count, path[end] != UInt8(ascii: "/") { end += 1 }
      if let next = literal(of: node, UnsafeBufferPointer(rebasing: path[start..<end])) {
        match.node = next
        if proceed(path, end, &match) { return true }
        match.node = node
      }
      guard let next = nodes[node].parameter, end > start else { return false }
      match.node = next
      match.captures.append(start..<end)
      if proceed(path, end, &match) { return true }
      match.captures.removeLast()
      match.node = node
      return false
    }

    private func proceed(_ path: UnsafeBufferPointer<UInt8>, _ end: Int, _ match: inout Match) -> Bool {
      end < path.count ? descend(path, from: end + 1, &match) : nodes[match.node].hasOperations
    }

    func literal(of node: Int, _ segment: UnsafeBufferPointer<UInt8>) -> Int? {
      let siblings = nodes[node].literals
      let key = Router.key(segment)
      var (low, high) = (siblings.lowerBound, siblings.upperBound)
      while low < high {
        let middle = (low + high) / 2
        if literals[middle].key < key { low = middle + 1 } else { high = middle }
      }
      while low < siblings.upperBound, literals[low].key == key {
        if isEqual(literals[low].segment, segment) { return literals[low].node }
        low += 1
      }
      return nil
    }

    private func isEqual(_ range: Range<Int>, _ segment: UnsafeBufferPointer<UInt8>) -> Bool {
      guard range.count == segment.count else { return false }
      guard let start = segment.baseAddress, let text = text.baseAddress else { return true }
      return memcmp(text + range.lowerBound, start, segment.count) == 0
    }
  }

  /// A word that orders segments and tells nearly all of them apart: made of their length, first and last eight bytes.
  private static func key(_ segment: UnsafeBufferPointer<UInt8>) -> UInt64 {
    let bytes = UnsafeRawBufferPointer(segment)
    var (head, tail): (UInt64, UInt64) = (0, 0)
    if bytes.count >= 8 {
      head = bytes.loadUnaligned(as: UInt64.self)
      tail = bytes.loadUnaligned(fromByteOffset: bytes.count - 8, as: UInt64.self)
    } else {
      for byte in bytes { head = head << 8 | UInt64(byte) }
    }
    // An odd multiplier with its bits spread: what is the same in both must not cancel out.
    return head &* 0x9E37_79B9_7F4A_7C15 ^ tail ^ UInt64(truncatingIfNeeded: bytes.count)
  }

  func operation(at node: Int, method: String) -> Int? {
    operations[node].first { $0.method == method }?.operation
  }

  /// The methods of a path, for `Allow` (RFC 9110, section 10.2.1); `HEAD` comes with `GET`.
  func methods(at node: Int) -> [String] {
    var methods = operations[node].map(\.method)
    if let get = methods.firstIndex(of: "GET"), !methods.contains("HEAD") { methods.insert("HEAD", at: get + 1) }
    return methods
  }
}

/// Where the parameters of a path stand in it. Up to four of them take no allocation.
public struct Captures: Sendable, RandomAccessCollection {
  private let base: Int
  private var first = 0..<0
  private var second = 0..<0
  private var third = 0..<0
  private var fourth = 0..<0
  /// `nil` in nearly all cases, which costs no reference.
  private var rest: [Range<Int>]?
  public private(set) var count = 0

  init(base: Int) { self.base = base }

  public var startIndex: Int { 0 }
  public var endIndex: Int { count }

  public subscript(place: Int) -> Range<Int> {
    precondition(place >= 0 && place < count, "there is no such parameter")
    let range =
      switch place {
      case 0: first
      case 1: second
      case 2: third
      case 3: fourth
      default: rest?[place - 4] ?? 0..<0
      }
    return base + range.lowerBound..<base + range.upperBound
  }

  mutating func append(_ range: Range<Int>) {
    switch count {
    case 0: first = range
    case 1: second = range
    case 2: third = range
    case 3: fourth = range
    default: rest = (rest ?? []) + [range]
    }
    count += 1
  }

  mutating func removeLast() {
    count -= 1
    if count >= 4 { rest?.removeLast() }
  }
}
