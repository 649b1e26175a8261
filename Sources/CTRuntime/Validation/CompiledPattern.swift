/// A `pattern` (ECMA-262, as schemas use it) as a deterministic automaton over UTF-8 bytes, made at build time.
///
/// Matching takes one table look-up a byte, whatever the text: there is nothing to backtrack.
public struct CompiledPattern: Sendable {
  /// The pattern as the schema has it.
  public let source: String
  /// The class of each byte.
  private let classes: [UInt8]
  /// The next state, by state and class.
  private let transitions: [UInt16]
  private let classCount: Int
  /// For each state: 1 where a match has been found whatever follows, 2 where the end of the text completes one.
  private let verdicts: [UInt8]

  public static let accepting: UInt8 = 1
  public static let acceptingAtEnd: UInt8 = 2

  public init(source: String, classes: [UInt8], transitions: [UInt16], verdicts: [UInt8]) {
    precondition(classes.count == 256 && !verdicts.isEmpty && transitions.count % verdicts.count == 0)
    self.source = source
    self.classes = classes
    self.transitions = transitions
    self.verdicts = verdicts
    classCount = transitions.count / verdicts.count
  }

  /// Whether the pattern is found in the text. It is a search: only `^` and `$` tie it to the ends.
  public func matches(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var state = 0
    for byte in bytes {
      if verdicts[state] & Self.accepting != 0 { return true }
      state = Int(transitions[state * classCount + Int(classes[Int(byte)])])
    }
    return verdicts[state] != 0
  }
}
