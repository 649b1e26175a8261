/// A string of the text that is being read: a reference, not a copy. Ask the reader for its content.
@frozen
public struct JSONText: Sendable {
  @usableFromInline let start: Int32
  @usableFromInline let length: Int32
  @usableFromInline let isInScratch: Bool
  /// Whether every character is ASCII, so that bytes and code points count the same.
  public let isASCII: Bool
  /// The first eight bytes, little-endian, padded with zeros: enough to tell most names apart at once.
  @usableFromInline let prefix: UInt64

  @inline(__always)
  init(start: Int, length: Int, isInScratch: Bool = false, isASCII: Bool, prefix: UInt64) {
    self.start = Int32(truncatingIfNeeded: start)
    self.length = Int32(truncatingIfNeeded: length)
    self.isInScratch = isInScratch
    self.isASCII = isASCII
    self.prefix = prefix
  }

  /// The length in bytes of UTF-8.
  @inlinable public var utf8Count: Int { Int(length) }
}

extension JSONReader {
  /// The bytes of a text, valid until the reader moves.
  @inlinable @inline(__always)
  public func withBytes<Result>(of text: JSONText, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    if text.isInScratch {
      return scratch.withUnsafeBufferPointer { buffer in
        body(UnsafeBufferPointer(rebasing: buffer[Int(text.start)..<Int(text.start + text.length)]))
      }
    }
    return body(UnsafeBufferPointer(start: base + Int(text.start), count: Int(text.length)))
  }

  /// The text as a string of its own.
  @inlinable @inline(__always)
  public func string(_ text: JSONText) -> String {
    // Here and elsewhere: what is inlined takes of the reader what it needs. A method that is called would be given a copy of
    // all of it, also where it is not called.
    if text.isInScratch { return JSONReader.string(text, in: scratch) }
    return JSONReader.string(UnsafeBufferPointer(start: base + Int(text.start), count: Int(text.length)))
  }

  @usableFromInline static func string(_ text: JSONText, in scratch: [UInt8]) -> String {
    String(decoding: scratch[Int(text.start)..<Int(text.start + text.length)], as: UTF8.self)
  }

  @usableFromInline static func string(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    guard 1...15 ~= bytes.count else { return String(decoding: bytes, as: UTF8.self) }
    return String(unsafeUninitializedCapacity: bytes.count) { content in
      copyShort(bytes.baseAddress!, to: content.baseAddress!, count: bytes.count)
      return bytes.count
    }
  }

  /// Copies 1 to 16 bytes in two words, which lie over each other.
  @inline(__always)
  private static func copyShort(_ source: UnsafePointer<UInt8>, to target: UnsafeMutablePointer<UInt8>, count: Int) {
    let (from, to) = (UnsafeRawPointer(source), UnsafeMutableRawPointer(target))
    func copy<Word: FixedWidthInteger & BitwiseCopyable>(_: Word.Type) {
      let last = count &- MemoryLayout<Word>.size
      let (first, second) = (from.loadUnaligned(as: Word.self), from.loadUnaligned(fromByteOffset: last, as: Word.self))
      to.storeBytes(of: first, as: Word.self)
      to.storeBytes(of: second, toByteOffset: last, as: Word.self)
    }
    if count >= 8 { return copy(UInt64.self) }
    if count >= 4 { return copy(UInt32.self) }
    if count >= 2 { return copy(UInt16.self) }
    copy(UInt8.self)
  }

  /// Code points in the text: what `minLength` and `maxLength` count (JSON Schema Validation, section 6.3).
  public func scalarCount(_ text: JSONText) -> Int {
    if text.isASCII { return text.utf8Count }
    return withBytes(of: text) { bytes in
      var scalars = 0
      for byte in bytes where byte & 0xC0 != 0x80 { scalars += 1 }
      return scalars
    }
  }

  /// Whether the text is this one.
  @inlinable @inline(__always)
  public func equals(_ text: JSONText, _ other: StaticString) -> Bool {
    let length = other.utf8CodeUnitCount
    guard text.utf8Count == length else { return false }
    if length <= 8 { return text.prefix == JSONReader.prefix(of: other.utf8Start, length: length) }
    return withBytes(of: text) { JSONReader.isEqual($0.baseAddress!, other.utf8Start, count: $0.count) }
  }

  /// As ``equals(_:_:)``, of more than eight bytes: not inlined, where it would burden what mostly does not call it.
  @inline(never)
  mutating func equalsLong(_ text: JSONText, _ other: StaticString) -> Bool { equals(text, other) }

  /// A word at a time, the last of which may have been compared in part before.
  @inlinable @inline(__always)
  static func isEqual(_ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, count: Int) -> Bool {
    if count >= 8 { return isEqual(a, b, count: count, by: UInt64.self) }
    if count >= 4 { return isEqual(a, b, count: count, by: UInt32.self) }
    return prefix(of: a, length: count) == prefix(of: b, length: count)
  }

  @inlinable @inline(__always)
  static func isEqual<Word: FixedWidthInteger & BitwiseCopyable>(
    _ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, count: Int, by _: Word.Type
  ) -> Bool {
    let (a, b, size) = (UnsafeRawPointer(a), UnsafeRawPointer(b), MemoryLayout<Word>.size)
    var place = 0
    while place < count {
      let start = min(place, count &- size)
      if a.loadUnaligned(fromByteOffset: start, as: Word.self) != b.loadUnaligned(fromByteOffset: start, as: Word.self)
      {
        return false
      }
      place &+= size
    }
    return true
  }

  @usableFromInline static func prefix(of bytes: UnsafePointer<UInt8>, length: Int) -> UInt64 {
    if length >= 8 { return UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self).littleEndian }
    if length >= 4 {
      // Two words of four bytes, which may lie over each other.
      let (start, last) = (UnsafeRawPointer(bytes), length &- 4)
      let (low, high) = (
        start.loadUnaligned(as: UInt32.self).littleEndian,
        start.loadUnaligned(fromByteOffset: last, as: UInt32.self).littleEndian
      )
      return UInt64(low) | UInt64(high) &<< (8 &* UInt64(truncatingIfNeeded: last))
    }
    var word: UInt64 = 0
    for index in 0..<length { word |= UInt64(bytes[index]) &<< (8 &* UInt64(truncatingIfNeeded: index)) }
    return word
  }
}
