/// The words of ``KeyWords/lists``, to be looked up by hash: members' names are looked at for every string.
struct KeyLexicon: Sendable {
  private static let slotCount = 2048
  private let hashes: [UInt64]
  private let meanings: [UInt64]

  init() {
    var hashes = [UInt64](repeating: 0, count: Self.slotCount)
    var meanings = [UInt64](repeating: 0, count: Self.slotCount)
    for (words, list) in KeyWords.lists {
      for word in list.split(separator: " ") {
        let hash = word.utf8.reduce(WordHash()) { $0.adding($1) }.value
        var slot = Int(hash % UInt64(Self.slotCount))
        while hashes[slot] != 0, hashes[slot] != hash { slot = (slot + 1) % Self.slotCount }
        hashes[slot] = hash
        meanings[slot] |= words.rawValue
      }
    }
    (self.hashes, self.meanings) = (hashes, meanings)
  }

  /// What a word means, by its hash.
  @inline(__always)
  func meaning(of hash: UInt64) -> KeyWords {
    var slot = Int(hash % UInt64(Self.slotCount))
    while hashes[slot] != 0 {
      if hashes[slot] == hash { return KeyWords(rawValue: meanings[slot]) }
      slot = (slot + 1) % Self.slotCount
    }
    return []
  }
}

/// FNV-1a (draft-eastlake-fnv), one byte after the other. Never 0.
struct WordHash {
  private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  @inline(__always)
  func adding(_ byte: UInt8) -> WordHash {
    var hash = self
    hash.value = (value ^ UInt64(byte)) &* 0x100_0000_01b3
    return hash
  }
}
