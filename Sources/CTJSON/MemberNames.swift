#if canImport(Glibc)
  internal import Glibc
#endif

/// The member names seen in the objects that are open, to refuse a second one of the same name in one object.
///
/// Small objects are searched one by one; large ones through a hash set, so that a text made of names costs linear time.
struct MemberNames {
  private var entries: [JSONText] = []
  /// Where each open object's names start in `entries`.
  private var frames: [Int] = []
  /// Hashes of the names of a large object, by the index of its frame.
  private var hashes: [Int: Set<Int>] = [:]
  private static let smallCount = 24

  struct Bookmark {
    let entries: Int
    let frames: Int
  }

  func bookmark() -> Bookmark { Bookmark(entries: entries.count, frames: frames.count) }

  mutating func rewind(to bookmark: Bookmark) {
    entries.removeLast(entries.count - bookmark.entries)
    frames.removeLast(frames.count - bookmark.frames)
    // What was hashed after the bookmark is hashed again; a set with too much in it would see repeats where none are.
    if !hashes.isEmpty { hashes.removeAll() }
  }

  mutating func push() {
    // Once for most texts, instead of growing step by step.
    if entries.capacity == 0 {
      entries.reserveCapacity(32)
      frames.reserveCapacity(8)
    }
    frames.append(entries.count)
  }

  mutating func pop() {
    let start = frames.removeLast()
    entries.removeLast(entries.count - start)
    if !hashes.isEmpty { hashes[frames.count] = nil }
  }

  /// Whether the name is new in the innermost object.
  mutating func insert(_ name: JSONText, base: UnsafePointer<UInt8>, scratch: [UInt8]) -> Bool {
    let start = frames[frames.count - 1]
    if entries.count - start >= Self.smallCount {
      guard insertLarge(name, start: start, base: base, scratch: scratch) else { return false }
    } else {
      for index in start..<entries.count where isEqual(entries[index], name, base, scratch) { return false }
    }
    entries.append(name)
    return true
  }

  private mutating func insertLarge(
    _ name: JSONText, start: Int, base: UnsafePointer<UInt8>, scratch: [UInt8]
  ) -> Bool {
    let frame = frames.count - 1
    var seen = hashes.removeValue(forKey: frame) ?? []
    if seen.isEmpty {
      for entry in entries[start...] { seen.insert(Self.hash(entry, base, scratch)) }
    }
    let isNewHash = seen.insert(Self.hash(name, base, scratch)).inserted
    hashes[frame] = seen
    // The hash is keyed per process; equal hashes of different names are as good as impossible, but cheap to rule out.
    return isNewHash || !entries[start...].contains { isEqual($0, name, base, scratch) }
  }

  private static func hash(_ name: JSONText, _ base: UnsafePointer<UInt8>, _ scratch: [UInt8]) -> Int {
    withBytes(name, base, scratch) { bytes in
      var hasher = Hasher()
      hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
      return hasher.finalize()
    }
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
