import Testing

@testable import CTRuntime

/// Automata read texts of any length, with characters of any size at any place.
@Suite struct CompiledPatternTests {
  /// `^[^x]*$`
  private static let withoutX = CompiledPattern(
    source: "^[^x]*$", runs: [0, 0, 120, 1, 121, 0], classCount: 2, transitions: [0, 1, 1, 1], accepting: [0], start: 0,
    dead: 1)
  /// `x`, found anywhere
  private static let withX = CompiledPattern(
    source: "x", runs: [0, 0, 120, 1, 121, 0], classCount: 2, transitions: [0, 1, 1, 1], accepting: [1], start: 0,
    matched: 1)

  @Test(arguments: ["a", "é", "€", "😀"])
  func `finds a character at every place`(other: String) {
    for length in 0...70 {
      let text = Array(repeating: other, count: length)
      expect(text.joined(), hasX: false)
      for place in 0..<length {
        expect((text[..<place] + ["x"] + text[(place + 1)...]).joined(), hasX: true)
      }
    }
  }

  /// Of a small automaton the states of a text of ASCII are shifted, of any other looked up.
  @Test func `ASCII matches as any text does`() {
    let seed = UInt64.random(in: 0...UInt64.max)
    print("seed \(seed)")
    var random = SeededGenerator(seed: seed)
    var matched = 0
    for _ in 0..<2_000 {
      let (states, classes) = (Int.random(in: 1...14, using: &random), Int.random(in: 1...4, using: &random))
      let firsts = Set((1..<128).shuffled(using: &random).prefix(8)).union([0]).sorted()
      let pattern = CompiledPattern(
        source: "", runs: firsts.flatMap { [UInt32($0), UInt32.random(in: 0..<UInt32(classes), using: &random)] },
        classCount: classes,
        transitions: (0..<states * classes).map { _ in .random(in: 0..<UInt16(states), using: &random) },
        accepting: (0..<states).filter { _ in Bool.random(using: &random) },
        start: .random(in: 0..<states, using: &random))
      let text = (0..<Int.random(in: 0...40, using: &random)).map { _ in UInt8.random(in: 0..<128, using: &random) }
      text.withUnsafeBufferPointer { bytes in
        let expected = pattern.matches(bytes, isASCII: false)
        #expect(pattern.matches(bytes, isASCII: true) == expected)
        if expected { matched += 1 }
      }
    }
    #expect(200...1_800 ~= matched)
  }

  private func expect(_ text: String, hasX: Bool) {
    var text = text
    let isASCII = text.utf8.allSatisfy { $0 < 0x80 }
    text.withUTF8 { bytes in
      for isKnown in isASCII ? [false, true] : [false] {
        #expect(Self.withX.matches(bytes, isASCII: isKnown) == hasX)
        #expect(Self.withoutX.matches(bytes, isASCII: isKnown) == !hasX)
      }
    }
  }
}
