public import CTHTTP

/// Serves the operations of a spec: routes, checks security and media type, calls the generated code, renders errors.
public final class APIHandler: HTTPHandler {
  /// A request whose head was accepted. A class: it is handed on through several calls, which share one reference.
  public final class Admitted: Sendable {
    let operation: ServedOperation
    let captures: Captures
    let caller: Principal?
    /// The alternatives of `security` that are open to the caller: what one of them asks of the body is still to be checked.
    let alternatives: [SecurityRequirement]
    /// Which of the operation's media types the body has.
    let mediaType: Int
    /// Which of the operation's representations the client prefers.
    let representation: Int
    let requestID: RequestID

    init(
      operation: ServedOperation, captures: Captures, caller: Principal?, alternatives: [SecurityRequirement],
      mediaType: Int, representation: Int, requestID: RequestID
    ) {
      self.operation = operation
      self.captures = captures
      self.caller = caller
      self.alternatives = alternatives
      self.mediaType = mediaType
      self.representation = representation
      self.requestID = requestID
    }
  }

  let operations: [ServedOperation]
  let router: Router
  let environment: APIEnvironment

  public init(operations: [OperationDescriptor], environment: APIEnvironment) {
    self.operations = operations.map(ServedOperation.init)
    self.environment = environment
    var router = Router()
    for (index, operation) in operations.enumerated() {
      router.add(operation.path, method: operation.method, operation: index)
    }
    self.router = router
  }

  // MARK: The head

  public func admit(_ head: HTTPRequestHead) -> HTTPAdmission<Admitted> { admit(head, from: .none) }

  public func admit(_ head: HTTPRequestHead, from peer: SocketAddress) -> HTTPAdmission<Admitted> {
    let requestID = RequestID.make()
    do throws(ProblemDetails) {
      let (index, captures) = try route(head)
      let operation = operations[index]
      let (caller, alternatives) = try authorize(head, operation, peer)
      let mediaType = try mediaType(of: head, operation)
      let admitted = Admitted(
        operation: operation, captures: captures, caller: caller, alternatives: alternatives, mediaType: mediaType ?? 0,
        representation: try representation(for: head, operation), requestID: requestID)
      return .accept(admitted, bodyLimit: mediaType == nil ? 0 : environment.bodyLimit)
    } catch {
      environment.observer.didRespond(
        RequestSummary(requestID: requestID, operation: nil, head: head, status: error.status, caller: nil))
      return .reject(error.response(requestID: requestID, path: head.path))
    }
  }

  private func route(_ head: HTTPRequestHead) throws(ProblemDetails) -> (Int, Captures) {
    guard let match = router.match(head.path) else {
      throw ProblemDetails(.notFound, "There is no operation at this path.")
    }
    if let operation = router.operation(at: match.node, method: head.method.name) { return (operation, match.captures) }
    if head.method == .head, let operation = router.operation(at: match.node, method: "GET") {
      return (operation, match.captures)
    }
    let allowed = router.methods(at: match.node).joined(separator: ", ")
    throw ProblemDetails(
      .methodNotAllowed, "This path takes \(allowed).", fields: ["Allow": HTTPFieldValue(lossy: allowed)])
  }

  // MARK: The request

  public func respond(to request: HTTPRequest, admitted: Admitted) async -> HTTPResponse {
    let answer =
      request.body.count < Self.heavyBody
      ? await outcome(of: request, admitted)
      : await withTaskExecutorPreference(globalConcurrentExecutor) { await outcome(of: request, admitted) }
    return finished(answer.response, isRefusal: answer.isRefusal, of: request, admitted)
  }

  private func finished(
    _ answer: HTTPResponse, isRefusal: Bool, of request: HTTPRequest, _ admitted: Admitted
  ) -> HTTPResponse {
    let response = isRefusal ? answer : checked(answer, to: request, admitted)
    environment.observer.didRespond(
      RequestSummary(
        requestID: admitted.requestID, operation: admitted.operation.descriptor.id, head: request.head,
        status: response.status, caller: admitted.caller))
    return response
  }

  /// In debug builds, a 500 that tells what is wrong with what a handler has answered.
  private func checked(
    _ response: HTTPResponse, to request: HTTPRequest, _ admitted: Admitted
  ) -> HTTPResponse {
    #if DEBUG
      let operation = admitted.operation.descriptor
      if let fault = ResponseFault(response, of: operation, representation: admitted.representation) {
        environment.observer.didFail(operation: operation.id, requestID: admitted.requestID, fault)
        return ProblemDetails(.internalServerError, fault.description)
          .response(requestID: admitted.requestID, path: request.head.path)
      }
    #endif
    return response
  }

  /// Bodies from this size on are read on threads of their own: what was made to be slow to check must not hold up the
  /// other connections of its event loop.
  private static let heavyBody = 16 * 1024

  private func outcome(
    of request: HTTPRequest, _ admitted: Admitted
  ) async -> (response: HTTPResponse, isRefusal: Bool) {
    let operation = admitted.operation
    do {
      try checkSignature(request, admitted.alternatives)
      let context = RequestContext(request: request, admitted: admitted, environment: environment)
      return (varying(try await operation.descriptor.invoke(context), operation), false)
    } catch {
      return failure(error, of: request, admitted)
    }
  }

  /// A cache must not give one representation for another (RFC 9110, section 12.5.5).
  private func varying(_ response: HTTPResponse, _ operation: ServedOperation) -> HTTPResponse {
    guard operation.descriptor.representations.count > 1 else { return response }
    var response = response
    response.fields.append("Vary", "Accept")
    return response
  }

  // Apart from `outcome`, whose frame would have room for all of this in every request.
  private func failure(
    _ error: any Error, of request: HTTPRequest, _ admitted: Admitted
  ) -> (response: HTTPResponse, isRefusal: Bool) {
    let operation = admitted.operation
    guard let error = error as? any ProblemConvertible else {
      environment.observer.didFail(operation: operation.descriptor.id, requestID: admitted.requestID, error)
      let detail = "The server failed to answer; its log has the reason under this requestId."
      let problem = ProblemDetails(.internalServerError, detail)
      return (problem.response(requestID: admitted.requestID, path: request.head.path), false)
    }
    let problem = error.problem
    if problem.status.code >= 500 {
      environment.observer.didFail(operation: operation.descriptor.id, requestID: admitted.requestID, error)
    }
    return (problem.response(requestID: admitted.requestID, path: request.head.path), problem.isRefusal)
  }

  // MARK: What the codec refused

  public func rejection(_ fault: HTTPFault, head: HTTPRequestHead?) -> HTTPResponse {
    let requestID = RequestID.make()
    environment.observer.didRespond(
      RequestSummary(requestID: requestID, operation: nil, head: head, status: fault.status, caller: nil))
    let retryAfter = fault.kind == .overloaded ? 1 : nil
    return ProblemDetails(fault.status, "\(fault.detail).", retryAfter: retryAfter)
      .response(requestID: requestID, path: head?.path)
  }
}
