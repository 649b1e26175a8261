import CTRedactionCorpus
import Testing

@Suite("On the seeded corpus")
struct CorpusTests {
  @Test("every detector finds 99 of 100 and is right in 98 of 100", arguments: [2025, 42] as [UInt64])
  func scores(seed: UInt64) {
    let report = CorpusReport(redactor, seed: seed, positives: 400, negatives: 6_000)
    let isGood = report.scores.allSatisfy { $0.recall >= 0.99 && $0.precision >= 0.98 }
    if !isGood { print(report.table, report.mistakes.joined(separator: "\n"), separator: "\n") }
    #expect(isGood, "see the table above, made with seed \(seed)")
  }
}
