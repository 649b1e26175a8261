/// What a handler answers. The server adds `Date`, the framing (`Content-Length` or `Transfer-Encoding`) and
/// `Connection`; fields of these names set by a handler are not sent, but `Connection: close` is obeyed.
public struct HTTPResponse: Sendable {
  /// The content of a response.
  public enum Body: Sendable {
    /// Sent with its `Content-Length`, in one write with the head.
    case bytes([UInt8])
    /// Sent in chunks as it is written. The closure ends the response by returning; when it throws, the connection is
    /// cut so that the client sees the response is incomplete. It is cancelled when the peer goes away and as soon as
    /// the server shuts down.
    case stream(@Sendable (HTTPBodyWriter) async throws -> Void)
  }

  public var status: HTTPStatus
  public var fields: HTTPFields
  public var body: Body

  public init(status: HTTPStatus, fields: HTTPFields = [:], body: Body = .bytes([])) {
    self.status = status
    self.fields = fields
    self.body = body
  }
}
