/// A `pattern` (ECMA-262, as schemas use it) as a deterministic automaton, made at build time.
///
/// Matching takes one table look-up a character, whatever the text: there is nothing to backtrack.
public final class CompiledPattern: Sendable {
  /// The pattern as the schema has it.
  public let source: String
  /// Runs of code points that the pattern does not tell apart: where each starts, and its class.
  private let runs: [(first: UInt32, class: Int)]
  private let asciiClasses: [UInt8]
  /// The next state, by state and class. Here and below a state is where its row starts.
  private let transitions: [UInt32]
  private let acceptsAtEnd: [Bool]
  private let start: Int
  /// From here on every text matches, and from here none; -1 where there is no such state.
  private let matched: Int
  private let dead: Int
  /// For texts that are known to be ASCII, where it is small enough.
  private let forASCII: ShiftAutomaton?

  /// - Parameters:
  ///   - runs: the first code points of the runs, ascending from 0, each followed by its class.
  ///   - transitions: `classCount` states for each state.
  ///   - accepting: the states in which a text may end.
  public init(
    source: String, runs: [UInt32], classCount: Int, transitions: [UInt16], accepting: [Int], start: Int,
    matched: Int = -1, dead: Int = -1
  ) {
    let runs = stride(from: 0, to: runs.count, by: 2).map { (first: runs[$0], class: Int(runs[$0 + 1])) }
    self.source = source
    self.runs = runs
    self.transitions = transitions.map { UInt32($0) * UInt32(classCount) }
    self.start = start * classCount
    self.matched = matched * classCount
    self.dead = dead * classCount
    acceptsAtEnd = transitions.indices.map { $0 % classCount == 0 && accepting.contains($0 / classCount) }
    let classes = (0..<128).map { scalar in UInt8(runs.last { $0.first <= scalar }!.class) }
    asciiClasses = classes
    forASCII = ShiftAutomaton(
      start: start, next: { Int(transitions[$0 * classCount + Int(classes[$1])]) }, accepts: accepting.contains)
  }

  /// Whether the pattern is found in the text, which has to be UTF-8. It is a search: only `^` and `$` tie it to the ends.
  public func matches(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool { matches(bytes, isASCII: false) }

  /// - Parameter isASCII: whether the text is known to be ASCII: no byte is then asked whether it is.
  func matches(_ bytes: UnsafeBufferPointer<UInt8>, isASCII: Bool) -> Bool {
    if isASCII, let forASCII { return forASCII.matches(bytes) }
    // Once for the text, and not for each character.
    return asciiClasses.withUnsafeBufferPointer { classes in
      transitions.withUnsafeBufferPointer { transitions in
        isASCII
          ? matches(bytes, classes, transitions, isASCII: true) : matches(bytes, classes, transitions, isASCII: false)
      }
    }
  }

  /// Called with a constant, so that each of the two loops is compiled for what it reads.
  @inline(__always)
  private func matches(
    _ bytes: UnsafeBufferPointer<UInt8>, _ classes: UnsafeBufferPointer<UInt8>,
    _ transitions: UnsafeBufferPointer<UInt32>, isASCII: Bool
  ) -> Bool {
    var state = start
    var index = 0
    while index < bytes.count {
      // Whether it is decided is asked now and then: from there on the state stays as it is.
      let stop = min(index &+ 32, bytes.count)
      while index < stop {
        let byte = bytes[index]
        if isASCII || byte < 0x80 {
          state = Int(transitions[state &+ Int(classes[Int(byte)])])
          index &+= 1
        } else {
          state = Int(transitions[state &+ self.class(of: Self.scalar(bytes, &index))])
        }
      }
      if state == matched || state == dead { break }
    }
    return acceptsAtEnd[state]
  }

  private func `class`(of scalar: UInt32) -> Int {
    var (low, high) = (0, runs.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if runs[middle].first <= scalar { low = middle } else { high = middle }
    }
    return runs[low].class
  }

  private static func scalar(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> UInt32 {
    let lead = bytes[index]
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
    var scalar = UInt32(lead) & (0x7F >> UInt32(length))
    for offset in 1..<length { scalar = scalar << 6 | UInt32(bytes[index + offset] & 0x3F) }
    index += length
    return scalar
  }
}
