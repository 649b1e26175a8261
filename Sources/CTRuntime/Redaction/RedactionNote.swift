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
  private var index: [Key: Int] = [:]

  private struct Key: Hashable {
    var rule: String
    var pointer: String
  }

  static let maximumCount = 50

  mutating func add(_ rule: String, at pointer: String) {
    if count(Key(rule: rule, pointer: pointer)) { return }
    let isFull = notes.count >= Self.maximumCount
    if isFull, count(Key(rule: rule, pointer: "")) { return }
    let place = isFull ? "" : pointer
    index[Key(rule: rule, pointer: place)] = notes.count
    notes.append(RedactionNote(rule: rule, pointer: place, count: 1))
  }

  /// - Returns: whether there is such a note.
  private mutating func count(_ key: Key) -> Bool {
    guard let place = index[key] else { return false }
    notes[place].count += 1
    return true
  }
}
