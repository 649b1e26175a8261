public import CTRedaction
public import CTRuntime

/// A redactor's scores on the seeded corpus: for the tests, which demand them, and for `make bench`, which prints them.
///
///     print(CorpusReport(redactor, seed: 2025).table)
public struct CorpusReport: Sendable {
  public let seed: UInt64
  public private(set) var scores: [DetectorScore]
  /// Positives and negatives that went wrong, the first ones.
  public private(set) var mistakes: [String] = []
  public private(set) var sampleCount = 0

  private static let mistakesKept = 60

  /// - Parameters:
  ///   - positives: samples for each detector.
  ///   - negatives: samples that hold nothing.
  public init(_ redactor: any Redactor, seed: UInt64, positives: Int = 500, negatives: Int = 10_000) {
    self.seed = seed
    scores = Detector.allCases.map { DetectorScore(detector: $0) }
    var generator = SeededGenerator(seed: seed)
    for detector in Detector.allCases {
      for _ in 0..<positives { judge(generator.positive(detector), redactor) }
    }
    for _ in 0..<negatives { judge(generator.negative(), redactor) }
  }

  private mutating func judge(_ sample: Sample, _ redactor: any Redactor) {
    sampleCount += 1
    let inspected = Self.inspect(sample, redactor)
    let output = inspected.map { String(decoding: $0.text, as: UTF8.self) } ?? sample.text
    let detectors = Set(inspected?.detectors ?? [])
    for index in scores.indices {
      let fired = detectors.contains(scores[index].detector.rawValue)
      if scores[index].detector == sample.detector {
        let isClean = sample.core.isEmpty || !output.contains(sample.core)
        if fired, isClean { scores[index].found += 1 } else { scores[index].missed += 1 }
        if !(fired && isClean) { note("missed", sample, scores[index].detector, output) }
      } else if fired {
        scores[index].mistaken += 1
        note("mistook", sample, scores[index].detector, output)
      }
    }
  }

  private static func inspect(_ sample: Sample, _ redactor: any Redactor) -> InspectedText? {
    Array(sample.name.utf8).withUnsafeBufferPointer { name in
      Array(sample.text.utf8).withUnsafeBufferPointer { redactor.inspect(name: name, text: $0) }
    }
  }

  private mutating func note(_ what: String, _ sample: Sample, _ detector: Detector, _ output: String) {
    guard mistakes.count < Self.mistakesKept else { return }
    let source = sample.detector?.rawValue ?? "nothing"
    mistakes.append(
      "\(detector.rawValue) \(what) (\(source), \(sample.kind)) \(sample.name): \(sample.text) -> \(output)")
  }
}

extension CorpusReport {
  /// The scores, a line for each detector.
  public var table: String {
    var lines = [
      "redaction corpus: seed \(seed), \(sampleCount) samples",
      row("detector", "recall", "precision", "found", "missed", "mistaken"),
    ]
    for score in scores {
      lines.append(
        row(
          score.detector.rawValue, Self.decimal(score.recall), Self.decimal(score.precision), "\(score.found)",
          "\(score.missed)", "\(score.mistaken)"))
    }
    return lines.joined(separator: "\n")
  }

  private func row(_ cells: String...) -> String {
    cells.enumerated().map { index, cell in
      let padding = String(repeating: " ", count: max(0, (index == 0 ? 16 : 10) - cell.count))
      return index == 0 ? cell + padding : padding + cell
    }.joined()
  }

  /// Four places after the point, without Foundation.
  private static func decimal(_ share: Double) -> String {
    let scaled = Int((share * 10_000).rounded(.down))
    let digits = String(scaled % 10_000)
    return "\(scaled / 10_000).\(String(repeating: "0", count: 4 - digits.count))\(digits)"
  }
}
