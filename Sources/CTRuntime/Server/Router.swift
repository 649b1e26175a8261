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
      let (known, key) = bytes.withUnsafeBufferPointer { (self.literal(of: node, $0), Self.key($0)) }
      if let known { return known }
      nodes.append(Node())
      let literal = Literal(key: key, segment: bytes, node: nodes.count - 1)
      let place = nodes[node].literals.firstIndex { $0.key > literal.key } ?? nodes[node].literals.endIndex
      nodes[node].literals.insert(literal, at: place)
    }
    return nodes.count - 1
  }

  /// The node for a path, raw as it stands in the request target.
  public func match(_ path: ArraySlice<UInt8>) -> Match? {
    path.withUnsafeBufferPointer { bytes in
      guard bytes.first == UInt8(ascii: "/") else { return nil }
      var match = Match(node: 0, captures: Captures(base: path.startIndex))
      return descend(bytes, from: 1, &match) ? match : nil
    }
  }

  /// Goes on from `match.node`; where that leads nowhere, `match` is as it was.
  private func descend(_ path: UnsafeBufferPointer<UInt8>, from start: Int, _ match: inout Match) -> Bool {
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
    end < path.count ? descend(path, from: end + 1, &match) : !nodes[match.node].operations.isEmpty
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

  private static func isEqual(_ segment: [UInt8], _ other: UnsafeBufferPointer<UInt8>) -> Bool {
    guard segment.count == other.count, let start = other.baseAddress else { return segment.count == other.count }
    return segment.withUnsafeBytes { bytes in bytes.baseAddress.map { memcmp($0, start, other.count) == 0 } ?? true }
  }

  private func literal(of node: Int, _ segment: UnsafeBufferPointer<UInt8>) -> Int? {
    let key = Self.key(segment)
    return nodes[node].literals.withUnsafeBufferPointer { literals in
      var (low, high) = (0, literals.count)
      while low < high {
        let middle = (low + high) / 2
        if literals[middle].key < key { low = middle + 1 } else { high = middle }
      }
      while low < literals.count, literals[low].key == key {
        if Self.isEqual(literals[low].segment, segment) { return literals[low].node }
        low += 1
      }
      return nil
    }
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

/// Where the parameters of a path stand in it. Up to four of them take no allocation.
public struct Captures: Sendable, RandomAccessCollection {
  private let base: Int
  private var first = 0..<0
  private var second = 0..<0
  private var third = 0..<0
  private var fourth = 0..<0
  private var rest: [Range<Int>] = []
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
      default: rest[place - 4]
      }
    return base + range.lowerBound..<base + range.upperBound
  }

  mutating func append(_ range: Range<Int>) {
    switch count {
    case 0: first = range
    case 1: second = range
    case 2: third = range
    case 3: fourth = range
    default: rest.append(range)
    }
    count += 1
  }

  mutating func removeLast() {
    count -= 1
    if count >= 4 { rest.removeLast() }
  }
}
