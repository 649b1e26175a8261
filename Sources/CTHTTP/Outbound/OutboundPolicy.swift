/// Where a client may connect to.
///
/// It is asked about every address that a connection would be made to, after the name was looked up and right before
/// connecting, so that a name cannot stand for one address when it is checked and for another when it is used. What is
/// resolved is what counts: `127.1`, `0x7f000001` and a public name with a private address are all the same to it.
public struct OutboundPolicy: Sendable, Hashable {
  /// An exception that the operator makes.
  public enum Exception: Sendable, Hashable {
    /// A host by its name, whatever its addresses are.
    case host(String)
    case range(AddressRange)

    /// From a host name, an address, or a range such as `10.1.0.0/16`; nil for anything else.
    public init?(_ text: String) {
      if let range = AddressRange(text) {
        self = .range(range)
      } else if HTTPOrigin(scheme: .https, host: text) != nil, !text.contains(":"), !text.hasSuffix(".") {
        self = .host(text.lowercased())
      } else {
        return nil
      }
    }
  }

  private let isRestricted: Bool
  private let exceptions: [Exception]

  /// Anywhere: for tools that a person points at a server.
  public static let unrestricted = OutboundPolicy(isRestricted: false, exceptions: [])

  /// The public Internet, over TLS; and whatever the exceptions name, over TLS or not.
  public static func `public`(allowing exceptions: [Exception] = []) -> OutboundPolicy {
    OutboundPolicy(isRestricted: true, exceptions: exceptions)
  }

  /// Why no connection may be made to this address; nil when it may.
  ///
  /// - Parameters:
  ///   - host: the name that was looked up, or the address as it was written.
  ///   - isEncrypted: nothing is sent before the peer's certificate was verified.
  public func refusal(of address: SocketAddress, host: String, isEncrypted: Bool) -> OutboundRefusal? {
    guard isRestricted, !isException(address, host) else { return nil }
    if let purpose = AddressPurpose(of: address) {
      return OutboundRefusal(host: host, address: address.hostText, reason: .special(purpose))
    }
    return isEncrypted ? nil : OutboundRefusal(host: host, address: address.hostText, reason: .clearText)
  }

  private func isException(_ address: SocketAddress, _ host: String) -> Bool {
    exceptions.contains { exception in
      switch exception {
      case .host(let name): name == host.lowercased()
      case .range(let range): range.contains(address)
      }
    }
  }
}

/// A connection that was not made because the configuration does not allow it.
public struct OutboundRefusal: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Reason: Sendable, Hashable {
    case special(AddressPurpose)
    /// The peer is on the public Internet, and would be spoken to without TLS.
    case clearText
  }

  public let host: String
  public let address: String
  public let reason: Reason

  public var description: String {
    let peer = host == address ? host : "\(host) (\(address))"
    return switch reason {
    case .special(let purpose):
      "\(peer) is not connected to, since the address is \(purpose.rawValue); to allow it, name the host or its range in outbound.allow"
    case .clearText:
      "\(peer) is not connected to, since it is on the public Internet and would be spoken to without TLS; use https, or name it in outbound.allow"
    }
  }
}
