/// Tables that decide whether a text matches a pattern: one look-up for each code point, whatever the text.
///
/// Code points are first mapped to classes that the pattern does not tell apart. The search is unanchored: the tables
/// begin anew at every position, and reaching ``matched`` decides.
package struct PatternDFA: Sendable {
  /// First code point of each run of code points, ascending from 0, with the class of the run.
  package let runs: [(first: UInt32, class: Int)]
  package let classCount: Int
  /// The next state, at `state * classCount + class`.
  package let transitions: [Int]
  /// Whether the text matches if it ends in a state.
  package let acceptsAtEnd: [Bool]
  package let start: Int
  /// From here on any text matches, if there is such a state.
  package let matched: Int?
  /// From here on no text matches, if there is such a state.
  package let dead: Int?
  private let asciiClasses: [Int]

  init(
    runs: [(first: UInt32, class: Int)], classCount: Int, transitions: [Int], acceptsAtEnd: [Bool], start: Int
  ) {
    self.runs = runs
    self.classCount = classCount
    self.transitions = transitions
    self.acceptsAtEnd = acceptsAtEnd
    self.start = start
    func sink(_ accepts: Bool) -> Int? {
      acceptsAtEnd.indices.first { state in
        acceptsAtEnd[state] == accepts
          && transitions[state * classCount..<(state + 1) * classCount].allSatisfy { $0 == state }
      }
    }
    matched = sink(true)
    dead = sink(false)
    asciiClasses = (0..<128).map { Self.class(of: $0, in: runs) }
  }

  package var stateCount: Int { acceptsAtEnd.count }

  private static func `class`(of scalar: UInt32, in runs: [(first: UInt32, class: Int)]) -> Int {
    var (low, high) = (0, runs.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if runs[middle].first <= scalar { low = middle } else { high = middle }
    }
    return runs[low].class
  }

  /// The class of a code point.
  package func `class`(of scalar: UInt32) -> Int {
    scalar < 128 ? asciiClasses[Int(scalar)] : Self.class(of: scalar, in: runs)
  }

  /// Whether the pattern is found in the text. Takes time linear in the text's length.
  package func matches(_ text: String) -> Bool {
    var state = start
    for scalar in text.unicodeScalars {
      if state == matched { return true }
      if state == dead { return false }
      state = transitions[state * classCount + self.class(of: scalar.value)]
    }
    return acceptsAtEnd[state]
  }
}
