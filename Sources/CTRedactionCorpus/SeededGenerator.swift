/// SplitMix64 (Steele, Lea and Flood, 2014): the same samples for the same seed, everywhere.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }
}

extension SeededGenerator {
  mutating func pick<Element>(_ elements: [Element]) -> Element { elements.randomElement(using: &self)! }

  /// One of some words, parted by spaces.
  mutating func word(_ words: String) -> String { String(pick(words.split(separator: " "))) }

  mutating func int(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &self) }

  mutating func chance(_ percent: Int) -> Bool { int(1...100) <= percent }

  /// So many characters of an alphabet.
  mutating func characters(_ count: Int, of alphabet: String) -> String {
    let letters = Array(alphabet)
    return String((0..<count).map { _ in pick(letters) })
  }

  mutating func digits(_ count: Int) -> String { characters(count, of: "0123456789") }

  mutating func hex(_ count: Int) -> String { characters(count, of: "0123456789abcdef") }

  mutating func base62(_ count: Int) -> String { characters(count, of: Self.letters + "0123456789") }

  static let capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
  static let letters = capitals + "abcdefghijklmnopqrstuvwxyz"

  /// A number with zeros before it.
  mutating func padded(_ range: ClosedRange<Int>, _ width: Int = 2) -> String {
    let digits = String(int(range))
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
