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
