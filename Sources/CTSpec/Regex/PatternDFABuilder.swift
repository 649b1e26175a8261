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

  init(_ nfa: PatternNFA) throws(Pattern.Fault) {
    self.nfa = nfa
    classes = try ScalarClasses(nfa.sets + (nfa.usesWordBoundary ? [.wordCharacters] : []))
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
      try checkSize()
    }
  }

  private func checkSize() throws(Pattern.Fault) {
    let hasTooManyStates = states.count > Self.maximumStates
    guard hasTooManyStates || work > Self.maximumWork else { return }
    let size = hasTooManyStates ? "needs more than \(Self.maximumStates) states" : "takes too many steps to compile"
    let hint = nfa.usesCounts ? "write it with fewer counts" : "make it shorter"
    throw Pattern.Fault(message: "the pattern \(size): \(hint)", offset: 0)
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
