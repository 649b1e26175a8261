public import CTCrypto
public import CTHTTP

/// The keyed digest of a request body.
public typealias BodyDigest = Digest

/// A request on its way to its handler: routed, authenticated and complete. A class: it is handed on through several
/// calls, and copying it would cost more than most of what is done with it.
public final class RequestContext: Sendable {
  public let request: HTTPRequest
  /// Takes personal data out of bodies whose schemas mark it.
  public let redactor: any Redactor

  private let admitted: APIHandler.Admitted
  private let digestBody: @Sendable ([UInt8]) -> BodyDigest
  private let sealBody: (@Sendable ([UInt8]) -> [UInt8])?

  init(request: HTTPRequest, admitted: APIHandler.Admitted, environment: APIEnvironment) {
    self.request = request
    self.admitted = admitted
    redactor = environment.redactor
    digestBody = environment.digestBody
    sealBody = environment.sealBody
  }

  /// The path parameters in the order of the template, still percent-encoded.
  public var captures: Captures { admitted.captures }
  /// Who calls; `nil` where the operation allows that nobody says.
  public var caller: Principal? { admitted.caller }
  public var requestID: RequestID { admitted.requestID }
  /// The place of the body's media type among those of the operation.
  public var mediaType: Int { admitted.mediaType }
  /// The place of the representation that the client prefers among those of the operation.
  public var representation: Int { admitted.representation }

  /// The keyed digest of the body as it came.
  public var bodyDigest: BodyDigest { digestBody(request.body) }
  /// The body as it came, encrypted; `nil` where originals are not kept.
  public var sealedBody: [UInt8]? { sealBody?(request.body) }

  /// Who reads the response.
  public var audience: Audience { caller.map { .role($0.role) } ?? .anonymous }
}
