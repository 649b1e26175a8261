/// What became of a number since the digest before.
enum Change {
  /// Which way is good; `neither` where a change is just a change.
  enum Good {
    case up
    case down
    case neither
  }

  /// ` +3`, ` −2`; nothing where nothing has changed, or there is nothing to compare with.
  static func of(_ figure: Figure, good: Good) -> Line {
    guard let previous = figure.previous, previous != figure.value else { return [] }
    let difference = figure.value - previous
    return [.text(" "), .change(signed(difference, Words.number(abs(difference))), tone(Double(difference), good))]
  }

  /// The same of a measured value; `text` writes a difference's amount.
  static func of(_ measure: Measure, good: Good, _ text: (Double) -> String) -> Line {
    guard let value = measure.value, let previous = measure.previous else { return [] }
    let difference = value - previous
    let amount = text(abs(difference))
    // What is too small to be shown is no change.
    if amount.utf8.allSatisfy({ !(49...57).contains($0) }) { return [] }
    return [.text(" "), .change(signed(difference, amount), tone(difference, good))]
  }

  private static func signed<Value: SignedNumeric & Comparable>(_ difference: Value, _ amount: String) -> String {
    difference > 0 ? "+\(amount)" : "−\(amount)"
  }

  private static func tone(_ difference: Double, _ good: Good) -> Tone? {
    switch good {
    case .up: difference > 0 ? .good : .warning
    case .down: difference < 0 ? .good : .warning
    case .neither: nil
    }
  }

  /// A number and what became of it.
  static func line(_ figure: Figure, good: Good) -> Line {
    [.text(Words.number(figure.value))] + of(figure, good: good)
  }
}
