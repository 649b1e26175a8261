/// Builds the tables of a pattern by the subset construction.
///
/// A state is a set of places in the NFA and what came before (nothing, a word character, or another one). Assertions are
/// decided when the next code point is known, so that `^`, `$` and `\b` need no special cases in the tables.
struct PatternDFABuilder {
  static let maximumStates = 10_000
  /// Steps of the NFA that building may take: what hostile patterns need is exponential.
  static let maximumWork = 2_000_000

  private enum Context: Hashable {
    case edge, word, other
  }

  private struct State: Hashable {
    var places: [Int]
    var before: Context
  }

  private let nfa: PatternNFA
  private var classes: ScalarClasses
  private var numbers: [State: Int] = [:]
  private var states: [State] = []
  private var transitions: [Int] = []
  private var acceptsAtEnd: [Bool] = []
  private var work = 0
  private var visited: [Int]
  private var visit = 0

  init(_ nfa: PatternNFA) {
    self.nfa = nfa
    classes = ScalarClasses(nfa.sets + (nfa.usesWordBoundary ? [.wordCharacters] : []))
    visited = Array(repeating: 0, count: nfa.instructions.count)
  }

  func build() throws(Pattern.Fault) -> PatternDFA {
    var builder = self
    // Number 0 is the state in which the pattern has been found already.
    builder.add(State(places: [-1], before: .edge), accepts: true)
    _ = builder.number(of: State(places: [], before: nfa.usesStart || nfa.usesWordBoundary ? .edge : .other))
    var next = 1
    while next < builder.states.count {
      try builder.expand(next)
      next += 1
    }
    return PatternDFAMinimizer.minimized(
      PatternDFA(
        runs: classes.runs, classCount: classes.count, transitions: builder.transitions,
        acceptsAtEnd: builder.acceptsAtEnd, start: 1))
  }

  private mutating func add(_ state: State, accepts: Bool) {
    numbers[state] = states.count
    states.append(state)
    transitions += repeatElement(0, count: classes.count)
    acceptsAtEnd.append(accepts)
  }

  private mutating func number(of state: State) -> Int {
    if let number = numbers[state] { return number }
    add(state, accepts: false)
    return states.count - 1
  }

  private mutating func expand(_ number: Int) throws(Pattern.Fault) {
    let state = states[number]
    acceptsAtEnd[number] = closure(of: state, next: .edge) == nil
    var cache: [Context: [Int]?] = [:]
    for index in 0..<classes.count {
      let next: Context = nfa.usesWordBoundary && classes.contains(index, .wordCharacters) ? .word : .other
      let places = cache[next] ?? closure(of: state, next: next)
      cache[next] = .some(places)
      transitions[number * classes.count + index] = places.map { step($0, over: index, before: next) } ?? 0
      guard work <= Self.maximumWork, states.count <= Self.maximumStates else {
        throw Pattern.Fault(
          message: "the pattern needs more than \(Self.maximumStates) states: write it with fewer counts", offset: 0)
      }
    }
  }

  /// All places that are reached without passing a code point, or `nil` if the end of the pattern is one of them.
  private mutating func closure(of state: State, next: Context) -> [Int]? {
    visit += 1
    var reached: [Int] = []
    var open = state.places + [nfa.start]
    while let place = open.popLast() {
      guard visited[place] != visit else { continue }
      visited[place] = visit
      work += 1
      switch nfa.instructions[place] {
      case .match: return nil
      case .split(let first, let second): open += [first, second]
      case .scalar: reached.append(place)
      case .assertion(let assertion, let target):
        if holds(assertion, state.before, next) { open.append(target) }
      }
    }
    return reached
  }

  private func holds(_ assertion: Pattern.Assertion, _ before: Context, _ next: Context) -> Bool {
    switch assertion {
    case .start: before == .edge
    case .end: next == .edge
    case .wordBoundary: (before == .word) != (next == .word)
    case .notWordBoundary: (before == .word) == (next == .word)
    }
  }

  private mutating func step(_ places: [Int], over index: Int, before: Context) -> Int {
    var targets: Set<Int> = []
    for place in places {
      work += 1
      if case .scalar(let set, let next) = nfa.instructions[place], classes.contains(index, set: set) {
        targets.insert(next)
      }
    }
    return number(of: State(places: targets.sorted(), before: before))
  }
}

/// The coarsest division of all code points into classes that some sets do not tell apart.
struct ScalarClasses {
  private(set) var runs: [(first: UInt32, class: Int)] = []
  private(set) var count = 0
  private let sets: [ScalarSet]
  /// For each class, which sets hold it.
  private var membership: [[Bool]] = []

  init(_ sets: [ScalarSet]) {
    self.sets = sets
    var starts: Set<UInt32> = [0]
    for range in sets.lazy.flatMap(\.ranges) {
      starts.insert(range.lowerBound)
      if range.upperBound < ScalarSet.maximum { starts.insert(range.upperBound + 1) }
    }
    var numbers: [[Bool]: Int] = [:]
    for first in starts.sorted() {
      let holders = sets.map { $0.contains(first) }
      let number = numbers[holders] ?? numbers.count
      if numbers[holders] == nil {
        numbers[holders] = number
        membership.append(holders)
      }
      if runs.last?.class != number { runs.append((first, number)) }
    }
    count = numbers.count
  }

  func contains(_ index: Int, set: Int) -> Bool { membership[index][set] }

  func contains(_ index: Int, _ set: ScalarSet) -> Bool {
    sets.firstIndex(of: set).map { membership[index][$0] } ?? false
  }
}
