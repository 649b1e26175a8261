/// What was redacted at one place of a text: by which rule or detector, and how often. Never what it was.
public struct RedactionNote: Hashable, Sendable {
  /// `drop`, `hash`, `mask`, `pointer`, or the name of a detector.
  public var rule: String
  /// The place as a JSON Pointer (RFC 6901) in which `*` stands for every element of an array; for a place that is too
  /// deep to be told, that of what contains it. Names of members are as they are after redaction.
  public var pointer: String
  /// How many values, or parts of text, were redacted there.
  public var count: Int

  public init(rule: String, pointer: String, count: Int) {
    self.rule = rule
    self.pointer = pointer
    self.count = count
  }
}

/// The notes on one text, those on the same place and rule made one.
///
/// It stays small whatever the text: of more than ``maximumCount`` notes the rest is counted at the text's root, one note
/// for each rule.
struct RedactionReport {
  private(set) var notes: [RedactionNote] = []

  static let maximumCount = 50

  /// - Parameter expectedCount: how many notes will be added at most.
  init(expectedCount: Int) { notes.reserveCapacity(min(expectedCount, Self.maximumCount)) }

  mutating func add(_ rule: String, at pointer: String) {
    if count(rule, pointer) { return }
    let isFull = notes.count >= Self.maximumCount
    if isFull, count(rule, "") { return }
    notes.append(RedactionNote(rule: rule, pointer: isFull ? "" : pointer, count: 1))
  }

  /// - Returns: whether there is such a note. There are few, and the last is the likeliest.
  private mutating func count(_ rule: String, _ pointer: String) -> Bool {
    guard let place = notes.lastIndex(where: { $0.pointer == pointer && $0.rule == rule }) else { return false }
    notes[place].count += 1
    return true
  }
}
