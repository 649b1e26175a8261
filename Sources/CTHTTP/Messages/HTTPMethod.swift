/// A request method (RFC 9110, section 9): a token, case-sensitive.
public struct HTTPMethod: Hashable, Sendable, CustomStringConvertible {
  /// The method as it stands in the request line.
  public let name: String

  /// Nil when `name` is not a token (RFC 9110, section 5.6.2).
  public init?(_ name: String) {
    guard !name.isEmpty, name.utf8.allSatisfy(OctetSet.token.contains) else { return nil }
    self.name = name
  }

  /// For a name already known to be a token.
  init(token name: String) { self.name = name }

  public static let get = HTTPMethod(token: "GET")
  public static let head = HTTPMethod(token: "HEAD")
  public static let post = HTTPMethod(token: "POST")
  public static let put = HTTPMethod(token: "PUT")
  public static let patch = HTTPMethod(token: "PATCH")
  public static let delete = HTTPMethod(token: "DELETE")
  public static let options = HTTPMethod(token: "OPTIONS")
  public static let trace = HTTPMethod(token: "TRACE")
  public static let connect = HTTPMethod(token: "CONNECT")

  public var description: String { name }

  /// Whether a request without framing is refused with 411: for these methods a forgotten body is an accident.
  var needsFraming: Bool { self == .post || self == .put || self == .patch }

  /// Whether sending the request twice is the same as sending it once (RFC 9110, section 9.2.2).
  var isIdempotent: Bool { self == .get || self == .head || self == .put || self == .delete || self == .options }
}
