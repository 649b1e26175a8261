#if canImport(Glibc)
  internal import Glibc
#endif

/// A string of the text that is being read: a reference, not a copy. Ask the reader for its content.
public struct JSONText: Sendable {
  let start: Int32
  let length: Int32
  let isInScratch: Bool
  /// Whether every character is ASCII, so that bytes and code points count the same.
  public let isASCII: Bool
  /// The first eight bytes, little-endian, padded with zeros: enough to tell most names apart at once.
  let prefix: UInt64

  /// The length in bytes of UTF-8.
  public var utf8Count: Int { Int(length) }
}

extension JSONReader {
  /// The bytes of a text, valid until the reader moves.
  @inline(__always)
  public func withBytes<Result>(of text: JSONText, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    if text.isInScratch {
      return scratch.withUnsafeBufferPointer { buffer in
        body(UnsafeBufferPointer(rebasing: buffer[Int(text.start)..<Int(text.start + text.length)]))
      }
    }
    return body(UnsafeBufferPointer(start: base + Int(text.start), count: Int(text.length)))
  }

  /// The text as a string of its own.
  public func string(_ text: JSONText) -> String {
    withBytes(of: text) { String(decoding: $0, as: UTF8.self) }
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
  public func equals(_ text: JSONText, _ other: StaticString) -> Bool {
    guard text.utf8Count == other.utf8CodeUnitCount else { return false }
    return withBytes(of: text) { memcmp($0.baseAddress!, other.utf8Start, other.utf8CodeUnitCount) == 0 }
  }

  static func prefix(of bytes: UnsafePointer<UInt8>, length: Int) -> UInt64 {
    if length >= 8 { return UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self).littleEndian }
    var word: UInt64 = 0
    for index in 0..<length { word |= UInt64(bytes[index]) << (8 * UInt64(index)) }
    return word
  }
}

/// The property names of a schema, made once, to find which of them a member is.
public struct JSONNameTable: Sendable {
  private let prefixes: [UInt64]
  private let names: [StaticString]

  public init(_ names: [StaticString]) {
    self.names = names
    prefixes = names.map { JSONReader.prefix(of: $0.utf8Start, length: $0.utf8CodeUnitCount) }
  }

  public var count: Int { names.count }

  public subscript(_ index: Int) -> StaticString { names[index] }

  /// The names, quoted, for a message.
  public var list: String { names.map { "\"\($0)\"" }.joined(separator: ", ") }

  /// The index of the name, or -1. Producers mostly keep the schema's order, so `expected` is tried first.
  @inline(__always)
  public func index(of text: JSONText, in reader: borrowing JSONReader, expected: Int) -> Int {
    if expected < names.count, matches(expected, text, reader) { return expected }
    return search(text, reader)
  }

  private func search(_ text: JSONText, _ reader: borrowing JSONReader) -> Int {
    for index in names.indices where prefixes[index] == text.prefix {
      if matches(index, text, reader) { return index }
    }
    return -1
  }

  @inline(__always)
  private func matches(_ index: Int, _ text: JSONText, _ reader: borrowing JSONReader) -> Bool {
    guard prefixes[index] == text.prefix, names[index].utf8CodeUnitCount == text.utf8Count else { return false }
    return text.utf8Count <= 8 || reader.equals(text, names[index])
  }
}
