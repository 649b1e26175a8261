public import CTCrypto
public import CTHTTP

/// The keyed digest of a request body.
public typealias BodyDigest = Digest

/// One operation of the spec, as the server needs it. Generated code makes these.
public struct OperationDescriptor: Sendable {
  /// The `operationId`.
  public var id: String
  public var method: String
  public var path: [Router.Segment]
  /// The alternatives of `security`, of which one has to be satisfied; empty for an operation that is open to all.
  public var security: [SecurityRequirement]
  /// The media types that the body may have; empty where the operation takes none.
  public var mediaTypes: [String]
  /// The media types in which it answers, the preferred one first; empty where it answers whatever `Accept` says.
  public var representations: [String]
  /// What it may answer, in debug builds.
  public var contract: ResponseContract?
  /// Decodes the request, calls the handler and encodes what it returns.
  public var invoke: @Sendable (RequestContext) async throws -> HTTPResponse

  public init(
    id: String, method: String, path: [Router.Segment], security: [SecurityRequirement], mediaTypes: [String],
    representations: [String] = [], invoke: @escaping @Sendable (RequestContext) async throws -> HTTPResponse
  ) {
    self.id = id
    self.method = method
    self.path = path
    self.security = security
    self.mediaTypes = mediaTypes
    self.representations = representations
    self.invoke = invoke
  }
}

/// An operation as the server keeps it: requests share one reference, where a descriptor would be copied field by field.
final class ServedOperation: Sendable {
  let descriptor: OperationDescriptor

  init(_ descriptor: OperationDescriptor) { self.descriptor = descriptor }
}

/// A request on its way to its handler: routed, authenticated and complete. A class, since it is handed on through
/// several calls, and copying it would cost more than all that is done with it.
public final class RequestContext: Sendable {
  public let request: HTTPRequest
  /// The path parameters in the order of the template, still percent-encoded.
  public let captures: Captures
  /// Who calls; `nil` where the operation allows that nobody says.
  public let caller: Principal?
  public let requestID: RequestID
  /// The place of the body's media type among those of the operation.
  public let mediaType: Int
  /// The place of the representation that the client prefers among those of the operation.
  public let representation: Int
  /// Takes personal data out of bodies whose schemas mark it.
  public let redactor: any Redactor

  let digestBody: @Sendable ([UInt8]) -> BodyDigest

  /// The keyed digest of the body as it came.
  public var bodyDigest: BodyDigest { digestBody(request.body) }

  let sealBody: (@Sendable ([UInt8]) -> [UInt8])?

  /// The body as it came, encrypted; `nil` where originals are not kept.
  public var sealedBody: [UInt8]? { sealBody?(request.body) }

  init(
    request: HTTPRequest, captures: Captures, caller: Principal?, requestID: RequestID, mediaType: Int,
    representation: Int, redactor: any Redactor, digestBody: @escaping @Sendable ([UInt8]) -> BodyDigest,
    sealBody: (@Sendable ([UInt8]) -> [UInt8])?
  ) {
    self.request = request
    self.captures = captures
    self.caller = caller
    self.requestID = requestID
    self.mediaType = mediaType
    self.representation = representation
    self.redactor = redactor
    self.digestBody = digestBody
    self.sealBody = sealBody
  }

  /// Who reads the response.
  public var audience: Audience { caller.map { .role($0.role) } ?? .anonymous }
}
