/// What a server does with requests. The server calls it in this order: `admit`, then `respond`; or `rejection` in
/// place of either.
public protocol HTTPHandler: Sendable {
  /// What `admit` found out and `respond` needs: the route, the principal.
  associatedtype Admitted: Sendable

  /// Decides on a request by its head, before an octet of its body is read and before `100 Continue` is sent.
  ///
  /// Called on the loop's thread: do not block.
  func admit(_ head: HTTPRequestHead) -> HTTPAdmission<Admitted>

  /// What the server calls: as `admit(_:)`, for handlers to which it matters who asks.
  func admit(_ head: HTTPRequestHead, from peer: SocketAddress) -> HTTPAdmission<Admitted>

  /// Answers an admitted request. Requests of one connection come one after the other, in order.
  ///
  /// Runs with the loop as task executor, on the loop's own thread: suspend rather than block.
  func respond(to request: HTTPRequest, admitted: Admitted) async -> HTTPResponse

  /// The response for what the codec or the server refused; `fault.status` says which status it is. The connection is
  /// closed after it. `head` is there when the head itself was readable.
  func rejection(_ fault: HTTPFault, head: HTTPRequestHead?) -> HTTPResponse
}

extension HTTPHandler {
  public func admit(_ head: HTTPRequestHead, from peer: SocketAddress) -> HTTPAdmission<Admitted> { admit(head) }

  /// The status and one line of plain text.
  public func rejection(_ fault: HTTPFault, head: HTTPRequestHead?) -> HTTPResponse {
    HTTPResponse(
      status: fault.status, fields: ["Content-Type": "text/plain"], body: .bytes(Array("\(fault.detail)\n".utf8)))
  }
}

/// The answer of ``HTTPHandler/admit(_:)``.
public enum HTTPAdmission<Admitted: Sendable>: Sendable {
  /// Read the body, up to `bodyLimit` octets; a longer one is refused with 413.
  case accept(Admitted, bodyLimit: Int)
  /// Answer at once. A short body is read and dropped, for a long one the connection is closed.
  case reject(HTTPResponse)
}
