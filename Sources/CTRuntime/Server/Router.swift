/// Finds the route of a path: a tree of segments, where a literal segment wins over a parameter (OpenAPI 3.1, paths).
public struct Router: Sendable {
  /// A segment of a path template.
  public enum Segment: Sendable, Hashable {
    case literal(String)
    case parameter
  }

  /// What was found: the methods of the path, and where its parameters stand in it.
  struct Match {
    var node: Int
    var captures: [Range<Int>]
  }

  private struct Node: Sendable {
    var literals: [Literal] = []
    var parameter: Int?
    /// Operations by method, in the order they were added.
    var operations: [(method: String, operation: Int)] = []
  }

  private struct Literal: Sendable {
    var key: UInt64
    var segment: [UInt8]
    var node: Int
  }

  private var nodes = [Node()]

  public init() {}

  /// Adds an operation at a path template.
  public mutating func add(_ segments: [Segment], method: String, operation: Int) {
    var node = 0
    for segment in segments { node = child(of: node, segment) }
    nodes[node].operations.append((method, operation))
  }

  private mutating func child(of node: Int, _ segment: Segment) -> Int {
    switch segment {
    case .parameter:
      if let known = nodes[node].parameter { return known }
      nodes.append(Node())
      nodes[node].parameter = nodes.count - 1
    case .literal(let text):
      let bytes = Array(text.utf8)
      if let known = literal(of: node, bytes[...]) { return known }
      nodes.append(Node())
      let literal = Literal(key: Self.key(bytes[...]), segment: bytes, node: nodes.count - 1)
      let place = nodes[node].literals.firstIndex { $0.key > literal.key } ?? nodes[node].literals.endIndex
      nodes[node].literals.insert(literal, at: place)
    }
    return nodes.count - 1
  }

  /// The node for a path, raw as it stands in the request target.
  func match(_ path: ArraySlice<UInt8>) -> Match? {
    guard path.first == UInt8(ascii: "/") else { return nil }
    return descend(0, path, from: path.startIndex + 1, [])
  }

  private func descend(_ node: Int, _ path: ArraySlice<UInt8>, from start: Int, _ captures: [Range<Int>]) -> Match? {
    var end = start
    while end < path.endIndex, path[end] != UInt8(ascii: "/") { end += 1 }
    if let next = literal(of: node, path[start..<end]), let match = proceed(next, path, end, captures) { return match }
    guard let next = nodes[node].parameter, end > start else { return nil }
    return proceed(next, path, end, captures + [start..<end])
  }

  private func proceed(_ node: Int, _ path: ArraySlice<UInt8>, _ end: Int, _ captures: [Range<Int>]) -> Match? {
    if end < path.endIndex { return descend(node, path, from: end + 1, captures) }
    return nodes[node].operations.isEmpty ? nil : Match(node: node, captures: captures)
  }

  /// A word that orders segments and tells nearly all of them apart: their length and first seven bytes.
  private static func key(_ segment: ArraySlice<UInt8>) -> UInt64 {
    var key = UInt64(truncatingIfNeeded: segment.count) << 56
    var shift: UInt64 = 0
    for byte in segment.prefix(7) {
      key |= UInt64(byte) << shift
      shift += 8
    }
    return key
  }

  private func literal(of node: Int, _ segment: ArraySlice<UInt8>) -> Int? {
    let key = Self.key(segment)
    let literals = nodes[node].literals
    var (low, high) = (0, literals.count)
    while low < high {
      let middle = (low + high) / 2
      if literals[middle].key < key { low = middle + 1 } else { high = middle }
    }
    while low < literals.count, literals[low].key == key {
      if literals[low].segment.elementsEqual(segment) { return literals[low].node }
      low += 1
    }
    return nil
  }

  func operation(at node: Int, method: String) -> Int? {
    nodes[node].operations.first { $0.method == method }?.operation
  }

  /// The methods of a path, for `Allow` (RFC 9110, section 10.2.1); `HEAD` comes with `GET`.
  func methods(at node: Int) -> [String] {
    var methods = nodes[node].operations.map(\.method)
    if let get = methods.firstIndex(of: "GET"), !methods.contains("HEAD") { methods.insert("HEAD", at: get + 1) }
    return methods
  }
}
