import Testing

@testable import CTRedaction
@testable import CTRedactionCorpus

@Suite("Texts made of what detectors look for, in any order")
struct OddTextTests {
  /// Cut off anywhere, so that what a detector expects behind a mark is not there.
  @Test("are looked through to their end, and what comes out is UTF-8", arguments: [UInt64.random(in: 1...999_999), 7])
  func survive(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<4_000 {
      let whole = (0..<Int.random(in: 1...7, using: &random))
        .map { _ in LinearTimeTests.pieces.randomElement(using: &random)! }.joined()
      let text = String(whole.prefix(Int.random(in: 1...whole.count, using: &random)))
      let name = ["", "", "phone", "to", "name", "password"].randomElement(using: &random)!
      guard let found = inspect(text, name: name) else { continue }
      #expect(!found.text.contains("\u{FFFD}"), "seed \(seed): \(text)")
    }
  }
}
