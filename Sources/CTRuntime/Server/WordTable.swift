internal import Glibc

/// What a router finds a word with: a table with open addressing, whose keys are words below a node.
///
/// Looking for one takes no allocation and counts no reference.
struct WordTable: Sendable {
  fileprivate struct Slot: Sendable {
    var key = Key(below: 0)
    var parent = 0
    /// Where in the table's text the word stands.
    var start = 0
    /// `nil` in a slot that is free.
    var value: Int?
  }

  /// A power of two, less than half of them taken.
  private var slots = [Slot](repeating: Slot(), count: 8)
  private var taken = 0
  private var text: [UInt8] = []

  /// - Returns: the value of the word, which is the one that it had if it was there.
  @discardableResult mutating func insert(_ word: String, below parent: Int, _ value: Int) -> Int {
    let bytes = Array(word.utf8)
    let (key, known) = WordBytes.with(bytes[...]) { bytes in
      let key = Key(of: bytes, below: parent)
      return (key, withEntries { $0.value(of: key, at: 0, in: bytes, below: parent) })
    }
    if let known { return known }
    place(Slot(key: key, parent: parent, start: text.count, value: value))
    text += bytes
    taken += 1
    if taken * 2 > slots.count { grow() }
    return value
  }

  private mutating func place(_ slot: Slot) {
    var index = Int(truncatingIfNeeded: slot.key.hash) & (slots.count - 1)
    while slots[index].value != nil { index = (index + 1) & (slots.count - 1) }
    slots[index] = slot
  }

  private mutating func grow() {
    let old = slots
    slots = [Slot](repeating: Slot(), count: old.count * 2)
    for slot in old where slot.value != nil { place(slot) }
  }

  func withEntries<Result>(_ body: (Entries) -> Result) -> Result {
    slots.withUnsafeBufferPointer { slots in
      text.withUnsafeBufferPointer { text in body(Entries(slots: slots, text: text)) }
    }
  }

  /// What tells one word from another: nearly always its hash and its last bytes are enough.
  ///
  /// Eight bytes at a time, each mixed in by a multiplication. The words of a router are its own: nobody can choose them so
  /// that they share a slot.
  struct Key: Sendable {
    fileprivate private(set) var hash: UInt64
    /// The word's last bytes, eight at most, which are all of it where it is short.
    fileprivate private(set) var tail: UInt64 = 0
    fileprivate private(set) var count = 0

    private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// Of the word without a byte.
    @inline(__always)
    init(below parent: Int) { hash = UInt64(truncatingIfNeeded: parent &+ 2) &* Self.multiplier }

    @inline(__always)
    init(of word: WordBytes, below parent: Int) {
      self.init(below: parent)
      var place = 0
      while place < word.count {
        append(word.word(at: place), min(8, word.count &- place))
        place &+= 8
      }
    }

    /// - Parameter word: so many bytes, the first the lowest, and zeros; eight bytes but for the last ones.
    @inline(__always)
    mutating func append(_ word: UInt64, _ count: Int) {
      let product = (hash ^ word).multipliedFullWidth(by: Self.multiplier)
      hash = product.high ^ product.low
      tail = word
      self.count &+= count
    }
  }

  /// The table, while words are looked for.
  struct Entries {
    fileprivate let slots: UnsafeBufferPointer<Slot>
    fileprivate let text: UnsafeBufferPointer<UInt8>

    /// - Parameter key: of the word that starts at `start`.
    @inline(__always)
    func value(of key: Key, at start: Int, in bytes: WordBytes, below parent: Int) -> Int? {
      var index = Int(truncatingIfNeeded: key.hash) & (slots.count - 1)
      while let value = slots[index].value {
        let slot = slots[index]
        if slot.key.hash == key.hash, slot.key.tail == key.tail, slot.key.count == key.count, slot.parent == parent,
          key.count <= 8 || isEqual(slot, start, bytes)
        {
          return value
        }
        index = (index &+ 1) & (slots.count &- 1)
      }
      return nil
    }

    /// Of words with the same tail and length.
    private func isEqual(_ slot: Slot, _ start: Int, _ bytes: WordBytes) -> Bool {
      guard let text = text.baseAddress else { return true }
      return memcmp(text + slot.start, bytes.base + start, slot.key.count) == 0
    }
  }
}

/// Bytes that words are read from, eight at a time.
struct WordBytes {
  let base: UnsafeRawPointer
  let count: Int

  /// - Returns: what `body` makes of the bytes, which do not outlive the call.
  static func with<Result>(_ bytes: ArraySlice<UInt8>, _ body: (WordBytes) -> Result) -> Result {
    bytes.withUnsafeBytes { bytes in
      // Where there is none, none is read.
      let base = bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 1)!
      return body(WordBytes(base: base, count: bytes.count))
    }
  }

  /// The eight bytes from a place on, the first the lowest; zeros past the end.
  @inline(__always)
  func word(at start: Int) -> UInt64 {
    let missing = start &+ 8 &- count
    if missing <= 0 { return UInt64(littleEndian: base.loadUnaligned(fromByteOffset: start, as: UInt64.self)) }
    guard count >= 8 else { return shortWord(from: start) }
    return UInt64(littleEndian: base.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self))
      &>> UInt64(truncatingIfNeeded: missing &* 8)
  }

  private func shortWord(from start: Int) -> UInt64 {
    UnsafeRawBufferPointer(start: base, count: count)[start...].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
