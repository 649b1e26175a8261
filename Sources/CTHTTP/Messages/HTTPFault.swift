/// Why the codec, or the server on its behalf, refused a message.
public struct HTTPFault: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong, as far as it decides the status.
  public enum Kind: Sendable, Hashable {
    /// Not HTTP/1.1's grammar, or framing that two parsers could read differently (400).
    case malformed
    /// A head or body that did not come in time (408).
    case timeout
    /// `POST`, `PUT` or `PATCH` without `Content-Length` and without chunking (411).
    case lengthRequired
    /// Longer than the handler admitted (413).
    case contentTooLarge
    /// A request line over its limit (414).
    case targetTooLong
    /// An expectation other than `100-continue` (417).
    case expectation
    /// A head, or a number of fields, over its limit (431).
    case headTooLarge
    /// A method or a transfer coding the server does not implement (501).
    case notImplemented
    /// More connections than allowed, or the server is going down (503).
    case overloaded
    /// A protocol version other than 1.0 and 1.1 (505).
    case version
  }

  public let kind: Kind
  /// One sentence that holds nothing the peer sent.
  public let detail: String

  public init(_ kind: Kind, _ detail: StaticString) {
    self.kind = kind
    self.detail = "\(detail)"
  }

  /// The status that says it.
  public var status: HTTPStatus {
    switch kind {
    case .malformed: .badRequest
    case .timeout: .requestTimeout
    case .lengthRequired: .lengthRequired
    case .contentTooLarge: .contentTooLarge
    case .targetTooLong: .uriTooLong
    case .expectation: .expectationFailed
    case .headTooLarge: .requestHeaderFieldsTooLarge
    case .notImplemented: .notImplemented
    case .overloaded: .serviceUnavailable
    case .version: .httpVersionNotSupported
    }
  }

  public var description: String { "\(status): \(detail)" }
}
