public import CTHTTP

/// Hears of every response, for logs and metrics. Called on the event loop: it must not block.
public protocol RequestObserver: Sendable {
  func didRespond(_ summary: RequestSummary)
  /// A handler threw an error that is not for the caller's eyes.
  func didFail(operation: String, requestID: RequestID, _ error: any Error)
  /// A request was answered 429: of this caller, or of nobody that has shown a token. ``didRespond(_:)`` follows.
  func didLimit(_ caller: Principal?, operation: String)
}

extension RequestObserver {
  public func didLimit(_ caller: Principal?, operation: String) {}
}

/// What is worth telling of a request: nothing of its body, its query or its token.
public struct RequestSummary: Sendable {
  public var requestID: RequestID
  /// The `operationId`; `nil` where the request never got to one.
  public var operation: String?
  /// `nil` where not even the head could be read.
  public var head: HTTPRequestHead?
  public var status: HTTPStatus
  public var caller: Principal?
}
