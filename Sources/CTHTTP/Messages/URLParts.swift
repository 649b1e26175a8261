import Glibc

/// Scheme, host and port: what a connection is made to (RFC 9110, section 4.3.1).
public struct HTTPOrigin: Sendable, Hashable, CustomStringConvertible {
  public enum Scheme: String, Sendable, Hashable {
    case http
    case https

    /// 80 and 443 (RFC 9110, section 4.2).
    public var defaultPort: UInt16 { self == .http ? 80 : 443 }
  }

  public let scheme: Scheme
  /// A name, an IPv4 literal or an IPv6 literal without brackets, in lower case.
  public let host: String
  public let port: UInt16

  /// Nil when `host` is neither a name nor an address.
  public init?(scheme: Scheme, host: String, port: UInt16? = nil) {
    let isName = !host.isEmpty && host.utf8.allSatisfy(OctetSet.unreserved.contains)
    guard isName || (host.contains(":") && SocketAddress(literal: host, port: 0) != nil) else { return nil }
    self.scheme = scheme
    self.host = host.lowercased()
    self.port = port ?? scheme.defaultPort
  }

  /// The value of `Host`: the port is left out when it is the scheme's.
  public var authority: String {
    let name = host.contains(":") ? "[\(host)]" : host
    return port == scheme.defaultPort ? name : "\(name):\(port)"
  }

  public var description: String { "\(scheme.rawValue)://\(authority)" }
}

/// An absolute `http` or `https` URL, taken apart strictly (RFC 3986, section 3; RFC 9110, section 4.2).
public struct URLParts: Sendable, Hashable, CustomStringConvertible {
  public var origin: HTTPOrigin
  /// Path and query as they go into the request line; begins with `/`.
  public var target: String

  public init(origin: HTTPOrigin, target: String = "/") {
    self.origin = origin
    self.target = target
  }

  /// Nil for other schemes, user information, fragments, a port out of range, and octets a URL cannot hold.
  public init?(_ url: String) {
    guard let separator = url.firstRange(of: "://") else { return nil }
    guard let scheme = HTTPOrigin.Scheme(rawValue: url[..<separator.lowerBound].lowercased()) else { return nil }
    let rest = url[separator.upperBound...]
    let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
    let authority = Array(rest[..<end].utf8)
    guard Authority.isValid(authority.span), let origin = Self.origin(scheme, rest[..<end]) else { return nil }
    let target = (end < rest.endIndex && rest[end] == "/" ? "" : "/") + rest[end...]
    guard Self.isTarget(target) else { return nil }
    self.init(origin: origin, target: target)
  }

  public var description: String { "\(origin)\(target)" }

  private static func origin(_ scheme: HTTPOrigin.Scheme, _ authority: Substring) -> HTTPOrigin? {
    let hostEnd: Substring.Index
    let host: Substring
    if authority.first == "[" {
      guard let bracket = authority.firstIndex(of: "]") else { return nil }
      host = authority.dropFirst()[..<bracket]
      guard host.contains(":") else { return nil }
      hostEnd = authority.index(after: bracket)
    } else {
      hostEnd = authority.firstIndex(of: ":") ?? authority.endIndex
      host = authority[..<hostEnd]
    }
    let port = authority[hostEnd...].dropFirst()
    guard !port.isEmpty || hostEnd == authority.endIndex else { return nil }
    if port.isEmpty { return HTTPOrigin(scheme: scheme, host: String(host)) }
    guard let number = UInt16(port), number > 0 else { return nil }
    return HTTPOrigin(scheme: scheme, host: String(host), port: number)
  }

  private static func isTarget(_ target: String) -> Bool {
    let octets = Array(target.utf8)
    let line = try? RequestTarget.parse(octets.span, 0..<octets.count, method: .get, version: .http11)
    return line?.isAbsolute == false
  }
}
