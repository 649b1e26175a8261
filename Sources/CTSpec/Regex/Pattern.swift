/// A regular expression of ECMA-262 (section 22.2, with the flag `u`), as `pattern` and `patternProperties` use it.
///
/// A pattern is searched for anywhere in a text unless it is anchored (2020-12 core, section 6.4).
package struct Pattern: Sendable {
  package let source: String
  package let root: Node

  /// What an expression is made of. Groups are only structure: nothing is captured.
  package indirect enum Node: Hashable, Sendable {
    case empty
    case scalar(ScalarSet)
    case sequence([Node])
    case alternatives([Node])
    case repetition(Node, minimum: Int, maximum: Int?)
    case assertion(Assertion)
    /// Valid in ECMA-262, but not to be matched in linear time; where it stands, in code points from 0.
    case unsupported(String, offset: Int)
  }

  package enum Assertion: Hashable, Sendable {
    case start, end, wordBoundary, notWordBoundary
  }

  /// Why an expression cannot be used.
  package struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
    package let message: String
    /// Code points from the start of the expression.
    package let offset: Int

    package var description: String { "\(message), at character \(offset + 1) of the pattern" }
  }

  /// Parses an expression.
  package init(_ source: String) throws(Fault) {
    self.source = source
    var parser = PatternParser(source)
    root = try parser.pattern()
  }

  /// The tables that decide in one pass over a text whether it matches. Throws where the expression has parts that cannot
  /// be matched so, or is too large.
  package func compiled() throws(Fault) -> PatternDFA {
    try PatternDFABuilder(PatternNFA(self)).build()
  }
}
