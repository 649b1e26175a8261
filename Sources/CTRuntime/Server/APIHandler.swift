public import CTHTTP

/// Serves the operations of a spec: routes, checks security and media type, calls the generated code, renders errors.
public struct APIHandler: HTTPHandler {
  /// A request whose head was accepted.
  public struct Admitted: Sendable {
    let operation: Int
    let captures: [Range<Int>]
    let caller: Principal?
    /// What the chosen alternative of `security` still asks of the body.
    let signature: SignatureRule?
    let requestID: RequestID
  }

  let operations: [OperationDescriptor]
  let router: Router
  let environment: APIEnvironment

  public init(operations: [OperationDescriptor], environment: APIEnvironment) {
    self.operations = operations
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
      let (caller, signature) = try authorize(head, operation, peer)
      let takesBody = try checkMediaType(head, operation)
      let admitted = Admitted(
        operation: index, captures: captures, caller: caller, signature: signature, requestID: requestID)
      return .accept(admitted, bodyLimit: takesBody ? environment.bodyLimit : 0)
    } catch {
      environment.observer.didRespond(
        RequestSummary(requestID: requestID, operation: nil, head: head, status: error.status, caller: nil))
      return .reject(error.response(requestID: requestID, path: head.path))
    }
  }

  private func route(_ head: HTTPRequestHead) throws(ProblemDetails) -> (Int, [Range<Int>]) {
    guard let match = router.match(head.path) else {
      throw ProblemDetails(.notFound, "There is nothing at this path; /openapi.yaml lists what there is.")
    }
    if let operation = router.operation(at: match.node, method: head.method.name) { return (operation, match.captures) }
    if head.method == .head, let operation = router.operation(at: match.node, method: "GET") {
      return (operation, match.captures)
    }
    let allowed = router.methods(at: match.node).joined(separator: ", ")
    throw ProblemDetails(
      .methodNotAllowed, "This path takes \(allowed).", fields: ["Allow": HTTPFieldValue(lossy: allowed)])
  }

  private func checkMediaType(
    _ head: HTTPRequestHead, _ operation: OperationDescriptor
  ) throws(ProblemDetails) -> Bool {
    guard !operation.mediaTypes.isEmpty else { return false }
    guard let value = head.value(of: "content-type"), head.value(of: "content-encoding") == nil,
      operation.mediaTypes.contains(where: { MediaTypeName.matches(value, $0) })
    else {
      let expected = operation.mediaTypes.joined(separator: " or ")
      throw ProblemDetails(.unsupportedMediaType, "The body has to be \(expected), without a content coding.")
    }
    return true
  }

  // MARK: The request

  public func respond(to request: HTTPRequest, admitted: Admitted) async -> HTTPResponse {
    let operation = operations[admitted.operation]
    let response = await outcome(of: request, admitted, operation)
    environment.observer.didRespond(
      RequestSummary(
        requestID: admitted.requestID, operation: operation.id, head: request.head, status: response.status,
        caller: admitted.caller))
    return response
  }

  private func outcome(
    of request: HTTPRequest, _ admitted: Admitted, _ operation: OperationDescriptor
  ) async -> HTTPResponse {
    do {
      if let rule = admitted.signature { try checkSignature(request, rule) }
      let context = RequestContext(
        request: request, captures: admitted.captures, caller: admitted.caller, requestID: admitted.requestID,
        redactor: environment.redactor, digestBody: environment.digestBody, sealBody: environment.sealBody)
      return try await operation.invoke(context)
    } catch let error as any ProblemConvertible {
      if error.problem.status.code >= 500 {
        environment.observer.didFail(operation: operation.id, requestID: admitted.requestID, error)
      }
      return error.problem.response(requestID: admitted.requestID, path: request.head.path)
    } catch {
      environment.observer.didFail(operation: operation.id, requestID: admitted.requestID, error)
      let detail = "The tower failed to answer; its log has the reason under this requestId."
      return ProblemDetails(.internalServerError, detail)
        .response(requestID: admitted.requestID, path: request.head.path)
    }
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

/// What a deployment brings to the operations.
public struct APIEnvironment: Sendable {
  public var security: any SecurityPolicy
  public var redactor: any Redactor
  /// Makes the keyed digest of a body, by which repeats are told from other bodies under the same id.
  public var digestBody: @Sendable ([UInt8]) -> BodyDigest
  /// Encrypts a body that is to be kept as it came: handlers see it only so. `nil` where none is kept.
  public var sealBody: (@Sendable ([UInt8]) -> [UInt8])?
  public var observer: any RequestObserver
  /// The most bytes a body may have.
  public var bodyLimit: Int
  /// What each address may ask without a token that is right; `nil` for as much as it likes.
  public var anonymous: AddressBuckets?

  public init(
    security: any SecurityPolicy, redactor: any Redactor, digestBody: @escaping @Sendable ([UInt8]) -> BodyDigest,
    observer: any RequestObserver, bodyLimit: Int, anonymous: AddressBuckets? = nil
  ) {
    self.security = security
    self.redactor = redactor
    self.digestBody = digestBody
    self.observer = observer
    self.bodyLimit = bodyLimit
    self.anonymous = anonymous
  }
}
