public import CTHTTP

/// A request as generated clients make it.
public struct ClientRequest: Sendable {
  public let method: String
  /// Path and query, percent-encoded.
  public private(set) var target: String
  public private(set) var fields: HTTPFields = [:]
  public private(set) var body: [UInt8] = []
  /// Whether a bearer token is to be sent.
  public var isAuthorized = false
  /// How the body is to be signed.
  public var signature: SignatureRule?

  /// - Parameter path: the segments, not yet percent-encoded.
  public init(method: String, path: [String]) {
    self.method = method
    target = path.isEmpty ? "/" : path.map { "/" + PercentEncoding.encode($0.utf8) }.joined()
  }

  public mutating func addQuery(_ name: String, _ value: String) {
    target += target.contains("?") ? "&" : "?"
    target += PercentEncoding.encode(name.utf8) + "=" + PercentEncoding.encode(value.utf8)
  }

  /// Names are those of the spec; control characters in a value are sent as `?`.
  public mutating func addHeader(_ name: String, _ value: String) {
    guard let name = HTTPFieldName(name) else { return }
    fields.append(name, HTTPFieldValue(lossy: value))
  }

  public mutating func setBody(_ bytes: [UInt8], mediaType: String) {
    body = bytes
    addHeader("Content-Type", mediaType)
  }
}
