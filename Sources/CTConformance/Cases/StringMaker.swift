internal import CTSpec

/// Makes texts of a given length that match a pattern, or do not.
struct StringMaker {
  let index: SpecIndex

  /// Nil where there is none. Without a pattern, any text matches and none does not.
  func text(pattern: String?, length: Int, matching: Bool = true) -> String? {
    guard let pattern else { return matching ? Self.filler(length) : nil }
    guard length <= 4096, let dfa = index.patterns[ExactString(pattern)] else { return nil }
    return walk(dfa, length, matching)
  }

  /// The shortest or longest text that matches, with a length in a range.
  func text(pattern: String?, lengths: some Sequence<Int>) -> String? {
    for length in lengths {
      if let text = text(pattern: pattern, length: length) { return text }
    }
    return nil
  }

  private static func filler(_ length: Int) -> String {
    let letters = Array("abcdefghijklmnopqrstuvwxyz".utf8)
    return String(decoding: (0..<length).map { letters[$0 % letters.count] }, as: UTF8.self)
  }

  /// Follows the tables through states from which the goal can still be reached in the steps that are left.
  private func walk(_ dfa: PatternDFA, _ length: Int, _ matching: Bool) -> String? {
    var reachable = [dfa.acceptsAtEnd.map { $0 == matching }]
    for _ in 0..<length {
      let last = reachable[reachable.count - 1]
      reachable.append(
        (0..<dfa.stateCount).map { state in
          (0..<dfa.classCount).contains { last[dfa.transitions[state * dfa.classCount + $0]] }
        })
    }
    guard reachable[length][dfa.start] else { return nil }
    let letters = Self.letters(of: dfa)
    var text = String.UnicodeScalarView()
    var state = dfa.start
    for left in stride(from: length - 1, through: 0, by: -1) {
      let ways = letters.filter { reachable[left][dfa.transitions[state * dfa.classCount + $0.class]] }
      guard !ways.isEmpty else { return nil }
      let way = ways[text.count % min(ways.count, 3)]
      text.append(way.scalar)
      state = dfa.transitions[state * dfa.classCount + way.class]
    }
    return String(text)
  }

  /// One code point for each class that has a good one, those that people like to read first.
  private static func letters(of dfa: PatternDFA) -> [(class: Int, scalar: Unicode.Scalar)] {
    var found: [(class: Int, scalar: Unicode.Scalar)] = []
    let preferred = "aA0bB1zZ9_-.:/ +!#é~*()=@".unicodeScalars
    let rest = (0x21...0x7e).compactMap { Unicode.Scalar(UInt32($0)) }
    for scalar in Array(preferred) + rest {
      let number = dfa.class(of: scalar.value)
      if !found.contains(where: { $0.class == number }) { found.append((number, scalar)) }
    }
    return found
  }
}
