internal import Glibc

/// Finds the route of a path: a tree of segments, where a literal segment wins over a parameter (OpenAPI 3.1, paths).
public struct Router: Sendable {
  /// A segment of a path template.
  public enum Segment: Sendable, Hashable {
    case literal(String)
    case parameter
  }

  /// What was found: the methods of the path, and where its parameters stand in it. No reference is in it.
  public struct Match: Sendable {
    let node: Int
    public let captures: Captures
  }

  /// The most segments of a path template that has a parameter.
  public static let maximumSegments = 64

  private struct Node: Sendable {
    var parameter: Int?
    var hasLiterals = false
    var hasOperations = false
    /// The segments that are parameters, the first in the lowest bit.
    var parameters: UInt64 = 0
  }

  private var nodes = [Node()]
  private var words = WordTable()
  /// How long whole paths are, a bit for each length: most others are not looked for.
  private var wholeLengths: UInt64 = 0
  /// Of each node, by method, in the order they were added.
  private var operations: [[(method: String, operation: Int)]] = [[]]

  public init() {}

  /// Adds an operation at a path template.
  ///
  /// - Precondition: it has ``maximumSegments`` at most when there is a parameter among them.
  public mutating func add(_ segments: [Segment], method: String, operation: Int) {
    precondition(
      segments.count <= Self.maximumSegments || !segments.contains(.parameter), "a path template has too many segments")
    var node = 0
    for (place, segment) in segments.enumerated() { node = child(of: node, segment, at: place) }
    operations[node].append((method, operation))
    nodes[node].hasOperations = true
    let literals = segments.compactMap { if case .literal(let word) = $0 { word } else { nil } }
    guard literals.count == segments.count else { return }
    // A path without parameters is found at once.
    let path = "/" + literals.joined(separator: "/")
    words.insert(path, below: Self.whole, node)
    wholeLengths |= Self.bit(of: path.utf8.count)
  }

  private static func bit(of length: Int) -> UInt64 { 1 << min(length, 63) }

  /// What whole paths are below of.
  private static let whole = -1

  private mutating func child(of node: Int, _ segment: Segment, at place: Int) -> Int {
    let next = nodes.count
    switch segment {
    case .parameter:
      if let known = nodes[node].parameter { return known }
      nodes[node].parameter = next
    case .literal(let word):
      nodes[node].hasLiterals = true
      let known = words.insert(word, below: node, next)
      if known != next { return known }
    }
    nodes.append(Node(parameters: nodes[node].parameters | (segment == .parameter ? 1 << place : 0)))
    operations.append([])
    return next
  }

  /// The node for a path, raw as it stands in the request target.
  public func match(_ path: ArraySlice<UInt8>) -> Match? {
    guard path.first == UInt8(ascii: "/") else { return nil }
    let mayBeWhole = wholeLengths & Self.bit(of: path.count) != 0
    let node = WordBytes.with(path) { bytes in
      nodes.withUnsafeBufferPointer { nodes in
        words.withEntries { words -> Int? in
          if mayBeWhole {
            let key = WordTable.Key(of: bytes, below: Self.whole)
            if let known = words.value(of: key, at: 0, in: bytes, below: Self.whole) { return known }
          }
          let descent = Descent(path: bytes, nodes: nodes, words: words)
          return descent.straight ?? descent.descend(from: 0, at: 1)
        }
      }
    }
    guard let node else { return nil }
    return Match(node: node, captures: Captures(of: path.indices, at: nodes[node].parameters))
  }

  /// The way of one path down the tree.
  private struct Descent {
    let path: WordBytes
    let nodes: UnsafeBufferPointer<Node>
    let words: WordTable.Entries

    /// Where literals, and parameters where there is none, lead without a step back: nearly always all there is to do.
    var straight: Int? {
      var node = 0
      var start = 1
      while true {
        let (end, key) = segment(at: start, below: node)
        if nodes[node].hasLiterals, let next = words.value(of: key, at: start, in: path, below: node) {
          node = next
        } else if let next = nodes[node].parameter, end > start {
          node = next
        } else {
          return nil
        }
        if end == path.count { return nodes[node].hasOperations ? node : nil }
        start = end &+ 1
      }
    }

    /// All ways, literals first.
    func descend(from node: Int, at start: Int) -> Int? {
      let (end, key) = segment(at: start, below: node)
      if nodes[node].hasLiterals, let next = words.value(of: key, at: start, in: path, below: node),
        let found = proceed(next, end)
      {
        return found
      }
      guard let next = nodes[node].parameter, end > start else { return nil }
      return proceed(next, end)
    }

    /// Where a segment ends, and what it is looked for by: read in one pass, eight bytes at a time. A byte that is a slash
    /// becomes zero, and the lowest one that is borrows.
    @inline(__always)
    private func segment(at start: Int, below node: Int) -> (end: Int, key: WordTable.Key) {
      let (ones, highs): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
      var key = WordTable.Key(below: node)
      var place = start
      while place < path.count {
        let word = path.word(at: place)
        let rest = word ^ ones &* UInt64(UInt8(ascii: "/"))
        let slashes = (rest &- ones) & ~rest & highs
        let length = slashes == 0 ? min(8, path.count &- place) : slashes.trailingZeroBitCount / 8
        if length == 8 {
          key.append(word, 8)
        } else {
          if length > 0 { key.append(word & ((1 &<< UInt64(truncatingIfNeeded: length &* 8)) &- 1), length) }
          return (place &+ length, key)
        }
        place &+= 8
      }
      return (place, key)
    }

    private func proceed(_ node: Int, _ end: Int) -> Int? {
      if end < path.count { return descend(from: node, at: end + 1) }
      return nodes[node].hasOperations ? node : nil
    }
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

/// Where the parameters of a path stand in it: told by which segments they are.
public struct Captures: Sendable {
  private let path: Range<Int>
  private let segments: UInt64

  init(of path: Range<Int>, at segments: UInt64) {
    self.path = path
    self.segments = segments
  }

  public var count: Int { segments.nonzeroBitCount }

  /// The place of a parameter in the bytes that were matched.
  ///
  /// - Parameter index: which one, in the order of the template.
  public func range(of index: Int, in bytes: [UInt8]) -> Range<Int> {
    precondition(index >= 0 && index < count, "there is no such parameter")
    var rest = segments
    var before = index
    var start = path.lowerBound + 1
    while true {
      let end = bytes[start..<path.upperBound].firstIndex(of: UInt8(ascii: "/")) ?? path.upperBound
      if rest & 1 == 1 {
        if before == 0 { return start..<end }
        before -= 1
      }
      rest >>= 1
      start = end + 1
    }
  }
}
