import CTCrypto
import CTRedaction
import CTRedactionCorpus
import Glibc

// Prints precision and recall of every detector on the seeded corpus:
//   redaction-scores [SEED [SAMPLES OF EACH]]
// Exits 1 when one of them is below what the tests demand.

let numbers = CommandLine.arguments.dropFirst().compactMap { UInt64($0) }
guard numbers.count == CommandLine.arguments.count - 1, numbers.count <= 2 else {
  print("usage: redaction-scores [SEED [SAMPLES OF EACH]]")
  exit(2)
}
let seed = numbers.first ?? UInt64.random(in: 1...999_999)
let positives = Int(numbers.dropFirst().first ?? 2000)
let redactor = StandardRedactor(key: HMACKey(SecureRandom.bytes(32)))
let report = CorpusReport(redactor, seed: seed, positives: positives, negatives: positives * 10)
print(report.table)
let isGood = report.scores.allSatisfy { $0.recall >= 0.99 && $0.precision >= 0.98 }
if !isGood { print(report.mistakes.joined(separator: "\n")) }
exit(isGood ? 0 : 1)
