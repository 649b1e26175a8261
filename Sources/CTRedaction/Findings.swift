/// A place where a detector found something.
struct Finding {
  var detector: Detector
  var range: Range<Int>
  /// Whether the range is just what the detector found, not grown by others that overlap.
  var isExact = true
}

/// What the detectors found in one text, in no order.
struct Findings {
  private(set) var all: [Finding] = []

  var isEmpty: Bool { all.isEmpty }

  mutating func add(_ detector: Detector, _ range: Range<Int>) {
    all.append(Finding(detector: detector, range: range))
  }

  /// The findings in the text's order, those that overlap made one, under the name of the longest.
  func merged() -> [Finding] {
    let sorted = all.sorted { ($0.range.lowerBound, $1.range.upperBound) < ($1.range.lowerBound, $0.range.upperBound) }
    var merged: [Finding] = []
    var longest = 0
    for finding in sorted {
      guard let last = merged.last, finding.range.lowerBound < last.range.upperBound else {
        merged.append(finding)
        longest = finding.range.count
        continue
      }
      let end = max(last.range.upperBound, finding.range.upperBound)
      if end > last.range.upperBound { merged[merged.count - 1].isExact = false }
      merged[merged.count - 1].range = last.range.lowerBound..<end
      guard finding.range.count > longest else { continue }
      merged[merged.count - 1].detector = finding.detector
      longest = finding.range.count
    }
    return merged
  }
}
