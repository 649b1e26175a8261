/// The property names of a schema, made once, to find which of them a member is.
public final class JSONNameTable: Sendable {
  private struct Entry {
    let name: StaticString
    let length: Int
    /// The first eight bytes, as ``JSONText`` has them, and which bits of eight bytes are of the name.
    let prefix: UInt64
    let mask: UInt64
    let isASCII: Bool
    /// Whether the name stands in a text as it is, where no character of it is escaped.
    let isPlain: Bool

    init(_ name: StaticString) {
      self.name = name
      length = name.utf8CodeUnitCount
      prefix = JSONReader.prefix(of: name.utf8Start, length: length)
      mask = length >= 8 ? .max : (1 << (8 * UInt64(length))) - 1
      let bytes = UnsafeBufferPointer(start: name.utf8Start, count: length)
      isASCII = bytes.allSatisfy { $0 < 0x80 }
      isPlain = bytes.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
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
    let count = entries.count
    var index = expected < count ? expected : 0
    for _ in 0..<count {
      let entry = entries[index]
      if entry.prefix == text.prefix, entry.length == text.utf8Count,
        entry.length <= 8 || reader.equals(text, entry.name)
      {
        return index
      }
      index += 1
      if index == count { index = 0 }
    }
    return -1
  }

  /// The name of that index, where it stands at `start`, with a quote on either side. It may be there, and this not see it:
  /// near the end of the text, or with escapes.
  @inline(__always)
  func text(_ index: Int, ifAt start: Int, _ base: UnsafePointer<UInt8>, _ count: Int) -> JSONText? {
    guard index < entries.count else { return nil }
    let entry = entries[index]
    let end = start + entry.length
    guard entry.isPlain, max(end + 1, start + 8) <= count, base[start - 1] == UInt8(ascii: "\""),
      base[end] == UInt8(ascii: "\""),
      UnsafeRawPointer(base + start).loadUnaligned(as: UInt64.self).littleEndian & entry.mask == entry.prefix,
      entry.length <= 8 || JSONReader.isEqual(base + start, entry.name.utf8Start, count: entry.length)
    else { return nil }
    return JSONText(start: start, length: entry.length, isASCII: entry.isASCII, prefix: entry.prefix)
  }
}

/// Which of the names of a schema an object has had so far.
@frozen
public struct KnownMembers: Sendable {
  /// The index of the member that the reader gave last, -1 where the schema has no such name.
  public internal(set) var ordinal = -1
  /// Those that the object has.
  public internal(set) var seen: OrdinalSet = []
  /// The one that comes next where the schema's order is kept.
  var expected = 0

  public init() {}
}
