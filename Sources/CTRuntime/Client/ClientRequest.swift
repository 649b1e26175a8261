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

  /// - Parameter encodedPath: the segments, percent-encoded already.
  public init(method: String, encodedPath: [String]) {
    self.method = method
    target = encodedPath.isEmpty ? "/" : encodedPath.map { "/" + $0 }.joined()
  }

  public mutating func addQuery(_ name: String, _ value: String) {
    addEncodedQuery(PercentEncoding.encode(name.utf8), PercentEncoding.encode(value.utf8))
  }

  /// Adds an array or an object in one of OpenAPI's styles.
  public mutating func addQuery(
    _ name: String, _ value: ParameterValue, _ style: ParameterCoding.Style, explode: Bool
  ) {
    for (name, value) in style.queries(name, value, explode: explode) { addEncodedQuery(name, value) }
  }

  private mutating func addEncodedQuery(_ name: String, _ value: String) {
    target += target.contains("?") ? "&" : "?"
    target += name + "=" + value
  }

  /// Adds an array or an object, separated by commas.
  public mutating func addHeader(_ name: String, _ value: ParameterValue, explode: Bool) {
    addHeader(name, ParameterCoding.Style.simple.field(value, explode: explode))
  }

  /// Names are those of the spec; control characters in a value are sent as `?`.
  public mutating func addHeader(_ name: String, _ value: String) {
    guard let name = HTTPFieldName(name) else { return }
    fields.append(name, HTTPFieldValue(lossy: value))
  }

  /// Says which media types the answer may have, the preferred one first (RFC 9110, section 12.5.1). Problem details
  /// may come instead of any of them.
  public mutating func accept(_ mediaTypes: [String]) {
    let weighted = mediaTypes.enumerated().map { place, type in
      place == 0 ? type : "\(type);q=0.\(max(9 - place, 2))"
    }
    addHeader("Accept", (weighted + ["application/problem+json;q=0.1"]).joined(separator: ", "))
  }

  public mutating func setBody(_ bytes: [UInt8], mediaType: String) {
    body = bytes
    addHeader("Content-Type", mediaType)
  }
}
