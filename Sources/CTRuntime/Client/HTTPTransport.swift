public import CTHTTP

/// Carries the requests of generated clients over HTTP/1.1.
public struct HTTPTransport: ClientTransport {
  private let client: HTTPClient
  private let origin: HTTPOrigin
  private let prefix: String

  /// - Parameter base: where the deployment is; a path in it stands before the paths of the spec.
  public init(base: URLParts, client: HTTPClient = HTTPClient()) {
    self.client = client
    origin = base.origin
    prefix = base.target.hasSuffix("/") ? String(base.target.dropLast()) : base.target
  }

  public func send(_ request: ClientRequest) async throws -> ClientResponse {
    guard let method = HTTPMethod(request.method) else { throw ClientError("there is no method \(request.method)") }
    let url = URLParts(origin: origin, target: prefix + request.target)
    // A POST without content says so: servers may insist on a length (RFC 9110, section 8.6).
    let body = request.body.isEmpty && request.method != "POST" ? nil : request.body
    let response = try await client.send(HTTPClientRequest(method, url, fields: request.fields, body: body))
    return ClientResponse(status: response.status.code, fields: response.fields, body: response.body)
  }
}
