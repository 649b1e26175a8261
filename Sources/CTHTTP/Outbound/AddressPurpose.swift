/// What an address that is not on the public Internet is for.
public enum AddressPurpose: String, Sendable, Hashable {
  case unspecified = "this network's own"
  case `private` = "private"
  case loopback = "loopback"
  case linkLocal = "link-local"
  case sharedSpace = "shared (CGNAT)"
  case metadata = "a cloud's metadata service"
  case multicast = "multicast"
  case mapped = "an IPv4 address written as IPv6"
  case translated = "translated to IPv4 (NAT64, 6to4, Teredo)"
  case reserved = "reserved"

  /// Nil for an address on the public Internet.
  ///
  /// By the IANA registries of special-purpose addresses (RFC 6890 and its updates). Of IPv6 only `2000::/3` is public
  /// (RFC 4291, section 2.4); whatever carries an IPv4 address in it counts as special whatever that address is, as
  /// the host that is reached in the end is not the one that is seen here.
  public init?(of address: SocketAddress) {
    let octets = address.octets
    if let purpose = Self.table.first(where: { $0.range.contains(octets) })?.purpose {
      self = purpose
    } else if octets.count == 4 || (octets.count == 16 && octets[0] >> 5 == 1) {
      return nil
    } else {
      self = .reserved
    }
  }

  /// The narrower range first where one lies in another.
  private static let table: [(range: AddressRange, purpose: AddressPurpose)] = [
    ("169.254.169.254/32", .metadata), ("168.63.129.16/32", .metadata), ("100.100.100.200/32", .metadata),
    ("192.0.0.192/32", .metadata), ("fd00:ec2::254/128", .metadata), ("fd20:ce::254/128", .metadata),
    ("0.0.0.0/8", .unspecified), ("10.0.0.0/8", .private), ("100.64.0.0/10", .sharedSpace),
    ("127.0.0.0/8", .loopback), ("169.254.0.0/16", .linkLocal), ("172.16.0.0/12", .private),
    ("192.0.0.0/24", .reserved), ("192.0.2.0/24", .reserved), ("192.88.99.0/24", .translated),
    ("192.168.0.0/16", .private), ("198.18.0.0/15", .reserved), ("198.51.100.0/24", .reserved),
    ("203.0.113.0/24", .reserved), ("224.0.0.0/4", .multicast), ("240.0.0.0/4", .reserved),
    ("::/128", .unspecified), ("::1/128", .loopback), ("::ffff:0:0/96", .mapped), ("::/96", .mapped),
    ("64:ff9b::/96", .translated), ("64:ff9b:1::/48", .translated), ("fc00::/7", .private),
    ("fe80::/10", .linkLocal), ("fec0::/10", .private), ("ff00::/8", .multicast), ("2001::/32", .translated),
    ("2001::/23", .reserved), ("2001:db8::/32", .reserved), ("2002::/16", .translated), ("3fff::/20", .reserved),
  ].map { text, purpose in
    // The texts are the ones above.
    (AddressRange(text)!, purpose)
  }
}
