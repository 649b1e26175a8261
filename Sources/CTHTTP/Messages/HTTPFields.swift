/// The fields of a message, in order (RFC 9110, section 5). Kept as the octets that go onto the wire, so that
/// sending them is one copy; a fixed set of fields made once and reused costs nothing per response.
public struct HTTPFields: Sendable, ExpressibleByDictionaryLiteral {
  /// `Name: value` lines, each ended by CRLF.
  private(set) var wire: [UInt8] = []
  private(set) var ranges: [FieldRange] = []

  public init() {}

  public init(dictionaryLiteral elements: (HTTPFieldName, HTTPFieldValue)...) {
    for (name, value) in elements { append(name, value) }
  }

  public var count: Int { ranges.count }
  public var isEmpty: Bool { ranges.isEmpty }

  /// Adds a field after those that are there, also when one of that name is there.
  public mutating func append(_ name: HTTPFieldName, _ value: HTTPFieldValue) {
    appendLine(name: name.text.utf8, value: value.text.utf8)
  }

  /// Adds a field that is written in the source, as it is.
  ///
  /// - Precondition: both are valid, which only debug builds look at.
  package mutating func append(literal name: StaticString, _ value: StaticString) {
    assert(HTTPFieldName("\(name)") != nil && HTTPFieldValue("\(value)") != nil, "no field: \(name): \(value)")
    appendLine(
      name: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount),
      value: UnsafeBufferPointer(start: value.utf8Start, count: value.utf8CodeUnitCount))
  }

  /// Adds every field of another set.
  public mutating func append(contentsOf other: HTTPFields) {
    for range in other.ranges { appendLine(name: other.wire[range.name], value: other.wire[range.value]) }
  }

  /// Removes every field of this name, and adds this one.
  public mutating func set(_ name: HTTPFieldName, _ value: HTTPFieldValue) {
    remove(name)
    append(name, value)
  }

  /// Removes every field of this name.
  public mutating func remove(_ name: HTTPFieldName) {
    guard FieldTable.firstIndex(of: name.text, in: wire, ranges) != nil else { return }
    let old = self
    self = HTTPFields()
    for range in old.ranges where HTTPFieldName(String(decoding: old.wire[range.name], as: UTF8.self)) != name {
      appendLine(name: old.wire[range.name], value: old.wire[range.value])
    }
  }

  /// The first value of that name, whatever the case.
  public func value(of name: String) -> String? {
    FieldTable.firstIndex(of: name, in: wire, ranges).map { text(ranges[$0].value) }
  }

  /// All values of that name, in order.
  public func values(of name: String) -> [String] {
    var found: [String] = []
    var next = 0
    while let index = FieldTable.firstIndex(of: name, in: wire, ranges, from: next) {
      found.append(text(ranges[index].value))
      next = index + 1
    }
    return found
  }

  /// Adds a field whose parts the codec has checked.
  mutating func appendLine(name: some Collection<UInt8>, value: some Collection<UInt8>) {
    if wire.capacity == 0 {
      // Once for most messages, instead of growing step by step.
      wire.reserveCapacity(128)
      ranges.reserveCapacity(4)
    }
    let nameStart = UInt32(wire.count)
    wire.append(contentsOf: name)
    let nameEnd = UInt32(wire.count)
    wire.append(Octet.colon)
    wire.append(Octet.space)
    let valueStart = UInt32(wire.count)
    wire.append(contentsOf: value)
    ranges.append(
      .init(nameStart: nameStart, nameEnd: nameEnd, valueStart: valueStart, valueEnd: UInt32(wire.count)))
    wire.append(Octet.cr)
    wire.append(Octet.lf)
  }

  private func text(_ range: Range<Int>) -> String { String(decoding: wire[range], as: UTF8.self) }
}

extension HTTPFields: RandomAccessCollection {
  public var startIndex: Int { 0 }
  public var endIndex: Int { ranges.count }

  /// A field as text; octets over 0x7F that are not UTF-8 are shown as U+FFFD.
  public subscript(position: Int) -> (name: String, value: String) {
    (text(ranges[position].name), text(ranges[position].value))
  }
}
