/// The words of a member's name, in camelCase, snake_case, kebab-case or with spaces, and what they say together.
///
/// Digits part words and say nothing: `phone2` and `NAME1` are like `phone` and `name`.
struct KeyName {
  /// What all words say.
  private(set) var all: KeyWords = []
  /// What the last word says.
  private(set) var last: KeyWords = []
  /// What the first words say, without the last.
  private(set) var before: KeyWords = []

  /// Longer names are no names; their first words are looked at.
  private static let longest = 64

  @inline(__always)
  init(_ name: UnsafeBufferPointer<UInt8>, _ lexicon: KeyLexicon) {
    var word = WordHash()
    var previous = WordHash()  // without the last letter, for a plural
    var length = 0
    let count = min(name.count, Self.longest)
    for index in 0..<count {
      let byte = name[index]
      if length > 0, !byte.isLetter || Self.startsWord(name, index) {
        add(word, previous, name[index - 1], lexicon)
        (word, previous, length) = (WordHash(), WordHash(), 0)
      }
      guard byte.isLetter else { continue }
      previous = word
      word = word.adding(byte.lowercased)
      length += 1
    }
    if length > 0 { add(word, previous, name[count - 1], lexicon) }
  }

  /// A capital after a small letter (`firstName`), or before a small letter (`customerDOBDate`).
  @inline(__always)
  private static func startsWord(_ name: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
    guard name[index].isUppercase else { return false }
    if !name[index - 1].isUppercase { return true }
    return index + 1 < name.count && name[index + 1].isLowercase
  }

  @inline(__always)
  private mutating func add(_ word: WordHash, _ singular: WordHash, _ end: UInt8, _ lexicon: KeyLexicon) {
    var meaning = lexicon.meaning(of: word.value)
    if meaning.isEmpty, end | 0x20 == .ascii("s") { meaning = lexicon.meaning(of: singular.value) }
    before = all
    all.formUnion(meaning)
    last = meaning
  }
}
