/// How much of a message the codec takes before it refuses.
public struct HTTPLimits: Sendable {
  /// Octets of the request line; more is 414.
  public var requestLine = 8 * 1024
  /// Octets of the whole head; more is 431. Also the limit of a trailer section, and of all chunk extensions together.
  public var head = 16 * 1024
  /// Number of fields; more is 431.
  public var fields = 100

  public init() {}
}
