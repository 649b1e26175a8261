/// A pattern as a machine of small steps (Thompson's construction): the basis of ``PatternDFA``.
package struct PatternNFA: Sendable {
  package enum Instruction: Sendable {
    /// Passes one code point of the set with that number.
    case scalar(set: Int, next: Int)
    /// Goes both ways.
    case split(Int, Int)
    case assertion(Pattern.Assertion, next: Int)
    case match
  }

  /// Counted repetitions are written out; this bounds them.
  static let maximumSize = 50_000

  package private(set) var instructions: [Instruction] = []
  package private(set) var sets: [ScalarSet] = []
  package private(set) var start = 0
  package private(set) var usesStart = false
  package private(set) var usesWordBoundary = false
  /// Whether something is repeated so often that it was written out more than once.
  private(set) var usesCounts = false
  private var setNumbers: [ScalarSet: Int] = [:]

  package init(_ pattern: Pattern) throws(Pattern.Fault) {
    instructions.append(.match)
    start = try compile(pattern.root, next: 0)
  }

  private mutating func append(_ instruction: Instruction) throws(Pattern.Fault) -> Int {
    guard instructions.count < Self.maximumSize else {
      throw Pattern.Fault(message: "the pattern is too large when its counts are written out", offset: 0)
    }
    instructions.append(instruction)
    return instructions.count - 1
  }

  private mutating func number(of set: ScalarSet) -> Int {
    if let number = setNumbers[set] { return number }
    setNumbers[set] = sets.count
    sets.append(set)
    return sets.count - 1
  }

  /// The entry to code that matches the node and then goes on at `next`.
  private mutating func compile(_ node: Pattern.Node, next: Int) throws(Pattern.Fault) -> Int {
    switch node {
    case .empty: return next
    case .scalar(let set): return try append(.scalar(set: number(of: set), next: next))
    case .sequence(let nodes):
      var entry = next
      for node in nodes.reversed() { entry = try compile(node, next: entry) }
      return entry
    case .alternatives(let nodes):
      var entry = try compile(nodes[nodes.count - 1], next: next)
      for node in nodes.dropLast().reversed() { entry = try append(.split(try compile(node, next: next), entry)) }
      return entry
    case .repetition(let node, let minimum, let maximum):
      return try compile(node, minimum: minimum, maximum: maximum, next: next)
    case .assertion(let assertion):
      if assertion == .start { usesStart = true }
      if assertion == .wordBoundary || assertion == .notWordBoundary { usesWordBoundary = true }
      return try append(.assertion(assertion, next: next))
    case .unsupported(let message, let offset): throw Pattern.Fault(message: message, offset: offset)
    }
  }

  private mutating func compile(
    _ node: Pattern.Node, minimum: Int, maximum: Int?, next: Int
  ) throws(Pattern.Fault) -> Int {
    if max(minimum, maximum ?? 0) > 1 { usesCounts = true }
    var entry = next
    if let maximum {
      for _ in minimum..<maximum { entry = try append(.split(try compile(node, next: entry), next)) }
    } else {
      let loop = try append(.split(next, next))
      instructions[loop] = .split(try compile(node, next: loop), next)
      entry = loop
    }
    for _ in 0..<minimum { entry = try compile(node, next: entry) }
    return entry
  }
}
