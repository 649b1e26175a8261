internal import CTHTTP

/// What an operation may answer. Debug builds, and with them tests, check every response against it; release builds
/// have none.
public struct ResponseContract: Sendable {
  /// Where the spec has the operation.
  let clause: String
  /// Reads a response as a client does, which checks its status, media type, headers and body.
  let read: @Sendable (ClientResponse) throws -> Void

  public init(_ clause: String, _ read: @escaping @Sendable (ClientResponse) throws -> Void) {
    self.clause = clause
    self.read = read
  }
}

/// A response that the spec does not allow: a mistake of the handler, or of the spec.
struct ResponseFault: Error, CustomStringConvertible {
  let description: String

  /// `nil` where the response is allowed. A 500 is part of no contract.
  init?(_ response: HTTPResponse, of operation: OperationDescriptor, representation: Int) {
    guard let contract = operation.contract, response.status.code != 500 else { return nil }
    let place = "\(contract.clause)/responses/\(response.status.code)"
    let subject = "\(operation.id) answered \(response.status.code), which the spec does not allow (\(place))"
    var body: [UInt8] = []
    if case .bytes(let bytes) = response.body { body = bytes }
    do {
      try contract.read(ClientResponse(status: response.status.code, fields: response.fields, body: body))
    } catch {
      description = "\(subject): \(error)"
      return
    }
    guard response.status.isSuccess, operation.representations.count > 1,
      let type = response.fields.value(of: "content-type")
    else { return nil }
    let preferred = operation.representations[representation]
    if MediaTypeName.matches(Array(type.utf8)[...], preferred) { return nil }
    description = "\(subject): it is \(type), and the client prefers \(preferred)"
  }
}
