/// Merges states that no text tells apart (Moore's algorithm).
enum PatternDFAMinimizer {
  /// Larger tables are left as they are: refinement takes time quadratic in their size.
  private static let maximumStates = 1_000

  static func minimized(_ dfa: PatternDFA) -> PatternDFA {
    guard dfa.stateCount <= maximumStates else { return dfa }
    var groups = dfa.acceptsAtEnd.map { $0 ? 1 : 0 }
    var count = Set(groups).count
    while true {
      var refined = groups
      for index in 0..<dfa.classCount { refine(&refined, by: index, of: dfa, groups) }
      groups = refined
      let refinedCount = (groups.max() ?? 0) + 1
      if refinedCount == count { break }
      count = refinedCount
    }
    return merged(dfa, groups, count)
  }

  /// Parts states of a group that lead to different groups; the new ones are numbered as they are met first.
  private static func refine(_ refined: inout [Int], by index: Int, of dfa: PatternDFA, _ groups: [Int]) {
    let targets = refined.indices.map { groups[dfa.transitions[$0 * dfa.classCount + index]] }
    guard parts(refined, targets) else { return }
    // Both numbers are below `maximumStates`, so that a pair of them is one.
    var numbers: [Int: Int] = [:]
    for state in refined.indices {
      let pair = refined[state] << 32 | targets[state]
      let number = numbers[pair] ?? numbers.count
      if number == numbers.count { numbers[pair] = number }
      refined[state] = number
    }
  }

  /// Whether states of one group have different targets, or groups are not numbered as they are met first: mostly not.
  private static func parts(_ groups: [Int], _ targets: [Int]) -> Bool {
    var known: [Int] = []
    for (group, target) in zip(groups, targets) {
      if group == known.count { known.append(target) }
      guard group < known.count, known[group] == target else { return true }
    }
    return false
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
