public import CTHTTP

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
