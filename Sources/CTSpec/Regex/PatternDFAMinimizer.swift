/// Merges states that no text tells apart (Moore's algorithm).
enum PatternDFAMinimizer {
  /// Larger tables are left as they are: refinement takes time quadratic in their size.
  private static let maximumStates = 1_000

  static func minimized(_ dfa: PatternDFA) -> PatternDFA {
    guard dfa.stateCount <= maximumStates else { return dfa }
    var groups = dfa.acceptsAtEnd.map { $0 ? 1 : 0 }
    var count = Set(groups).count
    while true {
      var numbers: [[Int]: Int] = [:]
      let refined = (0..<dfa.stateCount).map { state in
        let row = dfa.transitions[state * dfa.classCount..<(state + 1) * dfa.classCount]
        let signature = [groups[state]] + row.map { groups[$0] }
        let number = numbers[signature] ?? numbers.count
        numbers[signature] = number
        return number
      }
      groups = refined
      if numbers.count == count { break }
      count = numbers.count
    }
    return merged(dfa, groups, count)
  }

  private static func merged(_ dfa: PatternDFA, _ groups: [Int], _ count: Int) -> PatternDFA {
    var transitions = [Int](repeating: 0, count: count * dfa.classCount)
    var accepts = [Bool](repeating: false, count: count)
    for state in 0..<dfa.stateCount {
      accepts[groups[state]] = dfa.acceptsAtEnd[state]
      for index in 0..<dfa.classCount {
        transitions[groups[state] * dfa.classCount + index] = groups[dfa.transitions[state * dfa.classCount + index]]
      }
    }
    return PatternDFA(
      runs: dfa.runs, classCount: dfa.classCount, transitions: transitions, acceptsAtEnd: accepts,
      start: groups[dfa.start])
  }
}
