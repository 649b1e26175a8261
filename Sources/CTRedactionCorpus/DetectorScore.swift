public import CTRedaction

/// How well one detector did on the corpus.
public struct DetectorScore: Sendable {
  public var detector: Detector
  public var found = 0
  public var missed = 0
  /// Texts of other kinds, or of none, that it took for its own.
  public var mistaken = 0

  /// The share of its samples that it found.
  public var recall: Double { found + missed == 0 ? 1 : Double(found) / Double(found + missed) }
  /// The share of what it took that was its own.
  public var precision: Double { found + mistaken == 0 ? 1 : Double(found) / Double(found + mistaken) }
}
