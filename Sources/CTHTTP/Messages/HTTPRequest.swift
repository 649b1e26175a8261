/// A complete request, as a handler gets it.
public struct HTTPRequest: Sendable {
  public let head: HTTPRequestHead
  /// The content, without its transfer coding. Empty when there was none.
  public let body: [UInt8]
  /// Who is at the other end of the connection (a proxy, perhaps).
  public let peer: SocketAddress

  public init(head: HTTPRequestHead, body: [UInt8] = [], peer: SocketAddress = .none) {
    self.head = head
    self.body = body
    self.peer = peer
  }
}
