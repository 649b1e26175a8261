/// A set of small numbers: which properties of a schema were seen. Up to 128 of them take no allocation.
@frozen
public struct OrdinalSet: Sendable, ExpressibleByArrayLiteral {
  @usableFromInline var low: UInt64 = 0
  @usableFromInline var high: UInt64 = 0
  @usableFromInline var rest: [UInt64] = []

  /// None.
  @inlinable public init() {}

  /// Those below 64 whose bit is set; 0 is the lowest bit.
  @inlinable public init(bits: UInt64) { low = bits }

  @inlinable public init(arrayLiteral elements: Int...) {
    for element in elements { insert(element) }
  }

  /// The numbers from 0 on, so many of them.
  @inlinable public init(first count: Int) {
    low = Self.ones(count)
    high = Self.ones(count - 64)
    if count > 128 { for ordinal in 128..<count { insert(ordinal) } }
  }

  @inlinable static func ones(_ count: Int) -> UInt64 { count >= 64 ? .max : (1 << UInt64(max(0, count))) - 1 }

  /// - Returns: whether it was not there before.
  @discardableResult @inlinable @inline(__always)
  public mutating func insert(_ ordinal: Int) -> Bool {
    if ordinal < 64 { return Self.set(ordinal, in: &low) }
    if ordinal < 128 { return Self.set(ordinal - 64, in: &high) }
    return insertFar(ordinal - 128)
  }

  @inlinable @inline(__always)
  static func set(_ index: Int, in word: inout UInt64) -> Bool {
    let bit: UInt64 = 1 &<< UInt64(truncatingIfNeeded: index)
    defer { word |= bit }
    return word & bit == 0
  }

  @usableFromInline mutating func insertFar(_ index: Int) -> Bool {
    while rest.count <= index / 64 { rest.append(0) }
    return Self.set(index % 64, in: &rest[index / 64])
  }

  /// Whether the number is in the set.
  @inlinable public func contains(_ ordinal: Int) -> Bool {
    if ordinal < 64 { return low >> UInt64(ordinal) & 1 == 1 }
    if ordinal < 128 { return high >> UInt64(ordinal - 64) & 1 == 1 }
    let index = ordinal - 128
    return index / 64 < rest.count && rest[index / 64] >> UInt64(index % 64) & 1 == 1
  }

  /// Whether all of the other's numbers are in this one.
  @inlinable @inline(__always)
  public func contains(_ other: OrdinalSet) -> Bool {
    guard other.low & ~low == 0, other.high & ~high == 0 else { return false }
    return other.rest.isEmpty || containsFar(other)
  }

  @usableFromInline func containsFar(_ other: OrdinalSet) -> Bool {
    other.rest.indices.allSatisfy { other.rest[$0] & ~($0 < rest.count ? rest[$0] : 0) == 0 }
  }

  /// Adds the other's numbers.
  public mutating func formUnion(_ other: OrdinalSet) {
    low |= other.low
    high |= other.high
    while rest.count < other.rest.count { rest.append(0) }
    for index in other.rest.indices { rest[index] |= other.rest[index] }
  }
}
