/// The property names of a schema, made once, to find which of them a member is.
public final class JSONNameTable: Sendable {
  private struct Entry {
    let name: StaticString
    let length: Int
    /// The first eight bytes, as ``JSONText`` has them.
    let prefix: UInt64
    let isASCII: Bool
    /// The first and the last eight bytes of the name with its quotes and the colon, and which bits of the first are of it.
    let head: UInt64
    let headMask: UInt64
    let tail: UInt64
    /// The length of that; beyond any text where the name cannot stand in one as it is, since characters are escaped.
    let writtenLength: Int

    init(_ name: StaticString) {
      self.name = name
      length = name.utf8CodeUnitCount
      prefix = JSONReader.prefix(of: name.utf8Start, length: length)
      let bytes = UnsafeBufferPointer(start: name.utf8Start, count: length)
      isASCII = bytes.allSatisfy { $0 < 0x80 }
      let isPlain = bytes.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
      let written = [UInt8(ascii: "\"")] + bytes + [UInt8(ascii: "\""), UInt8(ascii: ":")]
      head = Self.word(written.prefix(8))
      headMask = written.count >= 8 ? .max : (1 << (8 * UInt64(written.count))) - 1
      tail = Self.word(written.suffix(8))
      writtenLength = isPlain ? written.count : .max
    }

    /// Up to eight bytes, little-endian.
    private static func word(_ bytes: ArraySlice<UInt8>) -> UInt64 {
      bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
  }

  private let entries: [Entry]

  public init(_ names: [StaticString]) { entries = names.map(Entry.init) }

  public var count: Int { entries.count }

  public subscript(_ index: Int) -> StaticString { entries[index].name }

  /// The names, quoted, for a message.
  public var list: String { entries.map { "\"\($0.name)\"" }.joined(separator: ", ") }

  /// The index of the name, or -1. The search starts at `expected`, as producers mostly keep the schema's order.
  public func index(of text: JSONText, in reader: inout JSONReader, expected: Int = 0) -> Int {
    // Without the array's own checks and references, once for each name.
    entries.withUnsafeBufferPointer { entries in
      let count = entries.count
      let (prefix, length) = (text.prefix, text.utf8Count)
      var (index, left) = (expected < count ? expected : 0, count)
      while left > 0 {
        let entry = entries.baseAddress! + index
        if entry.pointee.prefix == prefix, entry.pointee.length == length,
          length <= 8 || reader.equalsLong(text, entry.pointee.name)
        {
          return index
        }
        index &+= 1
        if index == count { index = 0 }
        left &-= 1
      }
      return -1
    }
  }

  /// The name of one of the next indices from that one on, where it stands as in ``text(_:ifAt:_:_:)``: producers leave out what
  /// is optional.
  /// - Parameter index: becomes that of the name.
  func text(
    from index: inout Int, ifAt start: Int, _ base: UnsafePointer<UInt8>, _ count: Int
  ) -> JSONText? {
    for _ in 0..<4 {
      if let text = text(index, ifAt: start, base, count) { return text }
      index &+= 1
    }
    return nil
  }

  /// The name of that index, where it stands at `start` with its quotes and a colon. It may be there, and this not see it:
  /// near the end of the text, with escapes, or with a space before the colon.
  @inline(__always)
  func text(_ index: Int, ifAt start: Int, _ base: UnsafePointer<UInt8>, _ count: Int) -> JSONText? {
    guard index < entries.count else { return nil }
    return entries.withUnsafeBufferPointer { entries in
      let entry = entries.baseAddress! + index
      let written = entry.pointee.writtenLength
      // Eight bytes are read in any case.
      guard max(written, 8) <= count &- start else { return nil }
      let place = UnsafeRawPointer(base + start)
      guard place.loadUnaligned(as: UInt64.self).littleEndian & entry.pointee.headMask == entry.pointee.head else {
        return nil
      }
      if written > 8 {
        let tail = place.loadUnaligned(fromByteOffset: written &- 8, as: UInt64.self).littleEndian
        guard tail == entry.pointee.tail else { return nil }
        if written > 16, !JSONReader.isEqual(base + start + 1, entry.pointee.name.utf8Start, count: written &- 3) {
          return nil
        }
      }
      return JSONText(
        start: start &+ 1, length: written &- 3, isASCII: entry.pointee.isASCII, prefix: entry.pointee.prefix)
    }
  }
}

/// Which of the names of a schema an object has had so far.
@frozen
public struct KnownMembers: Sendable {
  /// The index of the member that the reader gave last, -1 where the schema has no such name.
  public internal(set) var ordinal = -1
  /// Those that the object has.
  public internal(set) var seen = OrdinalSet()
  /// The one that comes next where the schema's order is kept.
  @usableFromInline var expected = 0

  /// For an object at its start.
  @inlinable public init() {}
}
