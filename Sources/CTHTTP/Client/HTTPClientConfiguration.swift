/// How an ``HTTPClient`` connects and how long it waits.
public struct HTTPClientConfiguration: Sendable {
  /// Which certificates are trusted. There is no way to trust all.
  public enum Trust: Sendable, Hashable {
    /// The system's store.
    case system
    /// The certificates of this PEM file, and no others.
    case authorities(file: String)
  }

  public var trust = Trust.system
  /// Where connections may be made to.
  public var outbound = OutboundPolicy.unrestricted
  /// For connecting and for the TLS handshake, each.
  public var connectTimeout = Duration.seconds(10)
  /// From sending a request to the end of its response.
  public var responseTimeout = Duration.seconds(30)
  /// Octets of a response's content; more is an error.
  public var bodyLimit = 64 * 1024 * 1024
  public var limits = HTTPLimits()
  /// Requests under way at once, each on a thread; further ones wait.
  public var maximumThreads = 64
  /// Idle connections kept for each origin.
  public var idlePerOrigin = 64

  public init() {}
}
