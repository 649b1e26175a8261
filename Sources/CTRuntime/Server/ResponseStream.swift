public import CTHTTP

/// The body of a response that is written piece by piece, as long as the client listens and the server runs.
public struct ResponseStream: Sendable {
  let write: @Sendable (HTTPBodyWriter) async throws -> Void

  /// - Parameter write: ends the response by returning. It is cancelled when the client goes away and when the server
  ///   shuts down.
  public init(_ write: @escaping @Sendable (HTTPBodyWriter) async throws -> Void) { self.write = write }

  /// A stream of what is known already: what a client got of one that has ended.
  public init(_ bytes: [UInt8]) {
    self.init { try await $0.write(bytes) }
  }
}

extension HTTPResponse {
  /// A response of a declared status and media type whose body is streamed.
  public static func content(
    _ status: Int, _ mediaType: StaticString, _ body: ResponseStream, _ fields: ResponseFields = ResponseFields()
  ) -> HTTPResponse {
    var response = content(status, mediaType, [], fields)
    // What is read as it comes must not wait in a cache or a proxy's buffer.
    response.fields.append("Cache-Control", "no-store")
    response.body = .stream(body.write)
    return response
  }
}
