#if canImport(Glibc)
  internal import Glibc
#endif

/// The member names seen in the objects that are open, to refuse a second one of the same name in one object.
///
/// Small objects are searched one by one; large ones through a hash set, so that a text made of names costs linear time.
@usableFromInline
struct MemberNames {
  /// Those in use come first; the rest is kept for what comes next.
  private var entries: [JSONText] = []
  private var count = 0
  /// The open objects whose names are kept here, and where each one's names start in `entries`. An object has none here
  /// before its first name.
  private var frames: [(depth: Int, start: Int)] = []
  /// The names of large objects, by the index of their frame, the innermost last.
  private var large: [(frame: Int, hashes: HashSet)] = []
  private static let smallCount = 24

  struct Bookmark {
    let entries: Int
    let frames: Int

    /// Where there is no name yet.
    static let start = Bookmark(entries: 0, frames: 0)
  }

  func bookmark() -> Bookmark { Bookmark(entries: count, frames: frames.count) }

  mutating func rewind(to bookmark: Bookmark) {
    count = bookmark.entries
    while frames.count > bookmark.frames { frames.removeLast() }
    // What was hashed after the bookmark is hashed again; a set with too much in it would see repeats where none are.
    if !large.isEmpty { large.removeAll() }
  }

  /// Forgets the names of the object that ends, in which the reader was so deep.
  @inline(__always)
  mutating func pop(depth: Int) {
    if let last = frames.last, last.depth == depth { popFrame() }
  }

  private mutating func popFrame() {
    count = frames.removeLast().start
    if large.last?.frame == frames.count { large.removeLast() }
  }

  private mutating func push(depth: Int) {
    // Once for most texts, instead of growing step by step.
    if entries.capacity == 0 {
      entries.reserveCapacity(32)
      frames.reserveCapacity(8)
    }
    frames.append((depth, count))
  }

  /// Whether the name is new in the innermost object, in which the reader is so deep.
  mutating func insert(_ name: JSONText, depth: Int, base: UnsafePointer<UInt8>, scratch: [UInt8]) -> Bool {
    if frames.last?.depth != depth { push(depth: depth) }
    let start = frames[frames.count - 1].start
    if count - start >= Self.smallCount {
      guard insertLarge(name, start: start, base: base, scratch: scratch) else { return false }
    } else {
      for index in start..<count where isEqual(entries[index], name, base, scratch) { return false }
    }
    if count < entries.count { entries[count] = name } else { entries.append(name) }
    count += 1
    return true
  }

  private mutating func insertLarge(
    _ name: JSONText, start: Int, base: UnsafePointer<UInt8>, scratch: [UInt8]
  ) -> Bool {
    let frame = frames.count - 1
    if large.last?.frame != frame {
      var hashes = HashSet()
      for entry in entries[start..<count] { hashes.insert(Self.hash(entry, base, scratch)) }
      large.append((frame, hashes))
    }
    let isNewHash = large[large.count - 1].hashes.insert(Self.hash(name, base, scratch))
    // Equal hashes of different names are as good as impossible, but cheap to rule out.
    return isNewHash || !entries[start..<count].contains { isEqual($0, name, base, scratch) }
  }

  /// Keyed for each process, so that nobody can choose names whose hashes are the same.
  private static let keys: (UInt64, UInt64) = (.random(in: .min ... .max), .random(in: .min ... .max) | 1)

  private static func hash(_ name: JSONText, _ base: UnsafePointer<UInt8>, _ scratch: [UInt8]) -> UInt64 {
    let keys = keys
    var hash = mix(name.prefix ^ keys.0, UInt64(name.length) ^ keys.1)
    if name.length <= 8 { return hash }
    withBytes(name, base, scratch) { name in
      let bytes = UnsafeRawBufferPointer(name)
      for offset in stride(from: 8, to: bytes.count, by: 8) {
        // The last eight, some of which were there before.
        let place = min(offset, bytes.count - 8)
        hash = mix(hash ^ bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self), keys.1)
      }
    }
    return hash
  }

  private static func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low
  }

  @inline(__always)
  private func isEqual(_ a: JSONText, _ b: JSONText, _ base: UnsafePointer<UInt8>, _ scratch: [UInt8]) -> Bool {
    guard a.prefix == b.prefix, a.length == b.length else { return false }
    if a.length <= 8 { return true }
    return Self.withBytes(a, base, scratch) { left in
      Self.withBytes(b, base, scratch) { right in memcmp(left.baseAddress!, right.baseAddress!, left.count) == 0 }
    }
  }

  private static func withBytes<Result>(
    _ text: JSONText, _ base: UnsafePointer<UInt8>, _ scratch: [UInt8],
    _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    if text.isInScratch {
      return scratch.withUnsafeBufferPointer {
        body(UnsafeBufferPointer(rebasing: $0[Int(text.start)..<Int(text.start + text.length)]))
      }
    }
    return body(UnsafeBufferPointer(start: base + Int(text.start), count: Int(text.length)))
  }
}

/// Hashes with open addressing; takes an allocation for a hundred of them, and one each time that it grows fourfold.
private struct HashSet {
  /// Zero is a free one.
  private var slots = [UInt64](repeating: 0, count: 256)
  private var count = 0

  /// - Returns: whether it is new.
  @discardableResult mutating func insert(_ hash: UInt64) -> Bool {
    // Zero is taken.
    guard put(max(hash, 1)) else { return false }
    count += 1
    if count * 2 > slots.count { grow() }
    return true
  }

  private mutating func put(_ hash: UInt64) -> Bool {
    var index = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[index] != 0 {
      if slots[index] == hash { return false }
      index = (index + 1) & (slots.count - 1)
    }
    slots[index] = hash
    return true
  }

  private mutating func grow() {
    let old = slots
    slots = [UInt64](repeating: 0, count: old.count * 4)
    for hash in old where hash != 0 { _ = put(hash) }
  }
}
