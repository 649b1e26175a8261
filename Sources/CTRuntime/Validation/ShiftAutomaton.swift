/// A small automaton for ASCII: each character has a word, in which each state has six bits that say where those of the
/// next state are.
///
/// The next state is a shift away, where a look-up would have to wait for the one before.
struct ShiftAutomaton: Sendable {
  private static let bitsPerState = 6
  private static let maximumStates = UInt64.bitWidth / bitsPerState

  private let words: [UInt64]
  /// Has the lowest bit of each state in which a text may end.
  private let accepting: UInt64

  /// - Parameter next: the state after a state and a character.
  /// - Returns: `nil` where ASCII leads to too many states.
  init?(start: Int, next: (_ state: Int, _ character: Int) -> Int, accepts: (_ state: Int) -> Bool) {
    var places = [start: 0]
    var states = [start]
    var words = [UInt64](repeating: 0, count: 128)
    var place = 0
    while place < states.count {
      for character in words.indices {
        let state = next(states[place], character)
        if places[state] == nil {
          guard states.count < Self.maximumStates else { return nil }
          places[state] = states.count
          states.append(state)
        }
        words[character] |= UInt64(places[state]! * Self.bitsPerState) << UInt64(place * Self.bitsPerState)
      }
      place += 1
    }
    self.words = words
    accepting = states.indices.reduce(0) { accepts(states[$1]) ? $0 | 1 << UInt64($1 * Self.bitsPerState) : $0 }
  }

  /// - Parameter bytes: ASCII.
  func matches(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    words.withUnsafeBufferPointer { words in
      // What lies above a state's six bits is left out by the masking shift.
      var state: UInt64 = 0
      for byte in bytes { state = words[Int(byte & 0x7F)] &>> state }
      return accepting &>> state & 1 != 0
    }
  }
}
