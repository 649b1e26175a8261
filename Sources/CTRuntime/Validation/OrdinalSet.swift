/// A set of small numbers: which properties of a schema were seen. Up to 128 of them take no allocation.
public struct OrdinalSet: Sendable, ExpressibleByArrayLiteral {
  private var low: UInt64 = 0
  private var high: UInt64 = 0
  private var rest: [UInt64] = []

  public init(arrayLiteral elements: Int...) {
    for element in elements { insert(element) }
  }

  @inline(__always)
  public mutating func insert(_ ordinal: Int) {
    if ordinal < 64 {
      low |= 1 << UInt64(ordinal)
    } else if ordinal < 128 {
      high |= 1 << UInt64(ordinal - 64)
    } else {
      insertFar(ordinal - 128)
    }
  }

  private mutating func insertFar(_ index: Int) {
    while rest.count <= index / 64 { rest.append(0) }
    rest[index / 64] |= 1 << UInt64(index % 64)
  }

  @inline(__always)
  public func contains(_ ordinal: Int) -> Bool {
    if ordinal < 64 { return low >> UInt64(ordinal) & 1 == 1 }
    if ordinal < 128 { return high >> UInt64(ordinal - 64) & 1 == 1 }
    let index = ordinal - 128
    return index / 64 < rest.count && rest[index / 64] >> UInt64(index % 64) & 1 == 1
  }

  /// Whether all of the other's numbers are in this one.
  @inline(__always)
  public func contains(_ other: OrdinalSet) -> Bool {
    guard other.low & ~low == 0, other.high & ~high == 0 else { return false }
    return other.rest.isEmpty
      || other.rest.indices.allSatisfy { other.rest[$0] & ~($0 < rest.count ? rest[$0] : 0) == 0 }
  }

  mutating func formUnion(_ other: OrdinalSet) {
    low |= other.low
    high |= other.high
    while rest.count < other.rest.count { rest.append(0) }
    for index in other.rest.indices { rest[index] |= other.rest[index] }
  }
}
