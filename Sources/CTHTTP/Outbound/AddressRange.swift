import Glibc

/// A range of IPv4 or IPv6 addresses: those that begin with the same bits, such as `10.0.0.0/8` (RFC 4632; RFC 4291,
/// section 2.3), or a single one.
public struct AddressRange: Sendable, Hashable, CustomStringConvertible {
  /// The first address: 4 or 16 octets.
  private let octets: [UInt8]
  /// How many of its bits all addresses share.
  private let length: Int

  /// Nil for anything but an address, alone or with a prefix length and no bits set behind that.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let address = SocketAddress(literal: String(parts[0]), port: 0) else { return nil }
    octets = address.octets
    guard parts.count == 2 else {
      length = octets.count * 8
      return
    }
    guard let length = Int(parts[1]), String(length) == parts[1], 0...octets.count * 8 ~= length else { return nil }
    self.length = length
    guard octets.indices.allSatisfy({ octets[$0] & ~mask(at: $0) == 0 }) else { return nil }
  }

  /// Whether the address is in the range; one of the other family never is.
  public func contains(_ address: SocketAddress) -> Bool { contains(address.octets) }

  func contains(_ other: [UInt8]) -> Bool {
    guard other.count == octets.count else { return false }
    return octets.indices.allSatisfy { other[$0] & mask(at: $0) == octets[$0] }
  }

  /// The bits of an octet that belong to the prefix.
  private func mask(at index: Int) -> UInt8 {
    let bits = min(max(length - index * 8, 0), 8)
    return UInt8(truncatingIfNeeded: 0xff00 >> bits)
  }

  public var description: String { "\(SocketAddress(octets: octets, port: 0).hostText)/\(length)" }
}
