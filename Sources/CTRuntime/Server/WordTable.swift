internal import Glibc

/// What a router finds a word with: a table with open addressing, whose keys are words below a node.
///
/// Looking for one takes no allocation and counts no reference.
struct WordTable: Sendable {
  fileprivate struct Slot: Sendable {
    var hash: UInt64 = 0
    /// The word's last bytes, which are all of it where it is short.
    var tail: UInt64 = 0
    var parent = 0
    /// Where in the table's text the word stands.
    var start = 0
    var count = 0
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
    let known = bytes.withUnsafeBufferPointer { bytes in withEntries { $0.value(of: bytes, below: parent) } }
    if let known { return known }
    let (hash, tail) = bytes.withUnsafeBufferPointer { Entries.hash($0, parent) }
    place(Slot(hash: hash, tail: tail, parent: parent, start: text.count, count: bytes.count, value: value))
    text += bytes
    taken += 1
    if taken * 2 > slots.count { grow() }
    return value
  }

  private mutating func place(_ slot: Slot) {
    var index = Int(truncatingIfNeeded: slot.hash) & (slots.count - 1)
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

  /// The table, while words are looked for.
  struct Entries {
    fileprivate let slots: UnsafeBufferPointer<Slot>
    fileprivate let text: UnsafeBufferPointer<UInt8>

    @inline(__always)
    func value(of word: UnsafeBufferPointer<UInt8>, below parent: Int) -> Int? {
      let (hash, tail) = Self.hash(word, parent)
      var index = Int(truncatingIfNeeded: hash) & (slots.count - 1)
      while let value = slots[index].value {
        let slot = slots[index]
        if slot.hash == hash, slot.parent == parent, slot.tail == tail, isEqual(slot, word) { return value }
        index = (index + 1) & (slots.count - 1)
      }
      return nil
    }

    /// Of words with the same tail.
    private func isEqual(_ slot: Slot, _ word: UnsafeBufferPointer<UInt8>) -> Bool {
      guard slot.count == word.count else { return false }
      guard word.count > 8, let start = word.baseAddress, let text = text.baseAddress else { return true }
      return memcmp(text + slot.start, start, slot.count) == 0
    }

    /// Eight bytes at a time, each mixed in by a multiplication. The words of a router are its own: nobody can choose
    /// them so that they share a slot.
    @inline(__always)
    fileprivate static func hash(
      _ word: UnsafeBufferPointer<UInt8>, _ parent: Int
    ) -> (hash: UInt64, tail: UInt64) {
      let bytes = UnsafeRawBufferPointer(word)
      let tail = tail(of: bytes)
      var hash = UInt64(truncatingIfNeeded: parent &* 0x1_0001 &+ bytes.count) &* multiplier
      var offset = 0
      while offset + 8 <= bytes.count {
        hash = mix(hash, bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        offset += 8
      }
      return (offset < bytes.count ? mix(hash, tail) : hash, tail)
    }

    /// The last bytes, eight at most, some of which may be mixed in already.
    @inline(__always)
    private static func tail(of bytes: UnsafeRawBufferPointer) -> UInt64 {
      let count = bytes.count
      if count >= 8 { return bytes.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self) }
      if count >= 4 {
        let last = bytes.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)
        return UInt64(bytes.loadUnaligned(as: UInt32.self)) << 32 | UInt64(last)
      }
      return bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15

    private static func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 {
      let product = (hash ^ word).multipliedFullWidth(by: multiplier)
      return product.high ^ product.low
    }
  }
}
