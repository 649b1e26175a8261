import CLinux
import Glibc

/// An IPv4 or IPv6 address with its port.
public struct SocketAddress: Sendable, Hashable, CustomStringConvertible {
  private enum Host: Sendable, Hashable {
    case none
    case v4(UInt32)
    case v6(UInt64, UInt64, scope: UInt32)
  }

  private let host: Host
  public let port: UInt16

  /// No address: for requests made in the process.
  public static let none = SocketAddress(host: .none, port: 0)

  private init(host: Host, port: UInt16) {
    self.host = host
    self.port = port
  }

  /// From a literal, such as `127.0.0.1` or `::1`. Names are not looked up.
  public init?(literal: String, port: UInt16) {
    var v4 = in_addr()
    var v6 = in6_addr()
    if inet_pton(AF_INET, literal, &v4) == 1 {
      self.init(host: .v4(v4.s_addr), port: port)
    } else if inet_pton(AF_INET6, literal, &v6) == 1 {
      self.init(host: Self.halves(of: v6, scope: 0), port: port)
    } else {
      return nil
    }
  }

  /// From an address of 4 or 16 octets in network order; `.none` for any other number.
  init(octets: [UInt8], port: UInt16) {
    self = octets.withUnsafeBytes { raw in
      switch raw.count {
      case 4: Self(host: .v4(raw.loadUnaligned(as: UInt32.self)), port: port)
      case 16: Self(host: Self.halves(of: raw.loadUnaligned(as: in6_addr.self), scope: 0), port: port)
      default: .none
      }
    }
  }

  /// The address in network order: 4 octets, 16, or none.
  var octets: [UInt8] {
    switch host {
    case .none: []
    case .v4(let octets): withUnsafeBytes(of: octets) { Array($0) }
    case .v6(let high, let low, _): withUnsafeBytes(of: (high, low)) { Array($0) }
    }
  }

  /// Seeded for each process, and the same for all addresses that one peer can choose from: the whole of an IPv4
  /// address, the first 64 bits of an IPv6 one (RFC 4291, section 2.5.4). The port does not count.
  public var networkHash: Int {
    var hasher = Hasher()
    switch host {
    case .none: break
    case .v4(let octets): hasher.combine(octets)
    case .v6(let high, _, _): hasher.combine(high)
    }
    return hasher.finalize()
  }

  /// From what a system call wrote; `.none` when it is of another family.
  init(_ storage: sockaddr_storage) {
    var storage = storage
    let family = Int32(storage.ss_family)
    self = withUnsafeBytes(of: &storage) { raw in
      if family == AF_INET {
        let address = raw.loadUnaligned(as: sockaddr_in.self)
        return Self(host: .v4(address.sin_addr.s_addr), port: UInt16(bigEndian: address.sin_port))
      }
      guard family == AF_INET6 else { return .none }
      let address = raw.loadUnaligned(as: sockaddr_in6.self)
      let host = Self.halves(of: address.sin6_addr, scope: address.sin6_scope_id)
      return Self(host: host, port: UInt16(bigEndian: address.sin6_port))
    }
  }

  /// From an entry of getaddrinfo(3).
  init(_ address: UnsafePointer<sockaddr>, length: socklen_t) {
    self.init(sockaddr: UnsafeRawBufferPointer(start: address, count: Int(length)))
  }

  /// From the octets of a `sockaddr` that another library holds.
  package init(sockaddr octets: UnsafeRawBufferPointer) {
    var storage = sockaddr_storage()
    let size = min(octets.count, MemoryLayout<sockaddr_storage>.size)
    withUnsafeMutableBytes(of: &storage) { $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: octets[..<size])) }
    self.init(storage)
  }

  var family: Int32 {
    if case .v6 = host { AF_INET6 } else { AF_INET }
  }

  /// Calls `body` with the form that `bind(2)` and `connect(2)` take.
  func withSockaddr<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
    switch host {
    case .none: return Self.pass(sockaddr_in(), body)
    case .v4(let octets):
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = port.bigEndian
      address.sin_addr.s_addr = octets
      return Self.pass(address, body)
    case .v6(let high, let low, let scope):
      var address = sockaddr_in6()
      address.sin6_family = sa_family_t(AF_INET6)
      address.sin6_port = port.bigEndian
      address.sin6_scope_id = scope
      withUnsafeMutableBytes(of: &address.sin6_addr) {
        $0.storeBytes(of: high, as: UInt64.self)
        $0.storeBytes(of: low, toByteOffset: 8, as: UInt64.self)
      }
      return Self.pass(address, body)
    }
  }

  /// The host alone, an IPv6 address without brackets.
  public var hostText: String {
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    switch host {
    case .none: return "none"
    case .v4(let octets):
      var address = in_addr(s_addr: octets)
      inet_ntop(AF_INET, &address, &text, socklen_t(text.count))
    case .v6(let high, let low, _):
      var address = (high, low)
      inet_ntop(AF_INET6, &address, &text, socklen_t(text.count))
    }
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// `127.0.0.1:8080` or `[::1]:8080`.
  public var description: String {
    family == AF_INET6 ? "[\(hostText)]:\(port)" : "\(hostText):\(port)"
  }

  private static func halves(of address: in6_addr, scope: UInt32) -> Host {
    withUnsafeBytes(of: address) {
      .v6($0.loadUnaligned(as: UInt64.self), $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self), scope: scope)
    }
  }

  private static func pass<Address, Result>(
    _ address: Address, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) -> Result {
    withUnsafeBytes(of: address) { raw in
      // A sockaddr pointer is how every sockaddr_* is passed to the kernel.
      body(raw.baseAddress!.assumingMemoryBound(to: sockaddr.self), socklen_t(raw.count))
    }
  }
}
