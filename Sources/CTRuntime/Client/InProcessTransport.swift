internal import CTHTTP

/// Leads a client's requests to a handler in the same process, with all checks and without a socket: for tests.
public struct InProcessTransport: ClientTransport {
  private let handler: APIHandler

  public init(_ handler: APIHandler) { self.handler = handler }

  public func send(_ request: ClientRequest) async throws -> ClientResponse {
    guard let method = HTTPMethod(request.method) else { throw ClientError("there is no method \(request.method)") }
    let head = try HTTPRequestHead(method: method, target: request.target, fields: request.fields)
    let response: HTTPResponse
    switch handler.admit(head) {
    case .reject(let rejection): response = rejection
    case .accept(_, let limit) where request.body.count > limit:
      response = handler.rejection(HTTPFault(.contentTooLarge, "the body is longer than is allowed here"), head: head)
    case .accept(let admitted, _):
      response = await handler.respond(to: HTTPRequest(head: head, body: request.body), admitted: admitted)
    }
    return ClientResponse(
      status: response.status.code, fields: response.fields, body: try await Self.content(of: response))
  }

  private static func content(of response: HTTPResponse) async throws -> [UInt8] {
    switch response.body {
    case .bytes(let bytes): return bytes
    case .stream(let write):
      let (pieces, continuation) = AsyncStream<[UInt8]>.makeStream()
      try await write(HTTPBodyWriter { continuation.yield($0) })
      continuation.finish()
      return await pieces.reduce(into: []) { $0 += $1 }
    }
  }
}
