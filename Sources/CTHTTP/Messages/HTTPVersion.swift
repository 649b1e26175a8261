/// The protocol versions this room speaks (RFC 9112, section 2.3).
public enum HTTPVersion: Sendable, Hashable {
  /// Accepted, but answered without keep-alive and without chunking.
  case http10
  case http11
}
