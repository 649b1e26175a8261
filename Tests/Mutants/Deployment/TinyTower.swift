internal import CTCrypto
package import CTHTTP
internal import CTJSON
package import CTSpec
internal import Synchronization

/// A second, tiny deployment of the API, in memory. It reads the spec at run time and shares no code with the tower. With
/// no fault it conforms.
package final class TinyTower: HTTPHandler {
  /// A known token.
  struct Caller: Sendable {
    let role: String
    /// What a producer speaks for.
    let source: String?
  }

  static let bodyLimit = 262_144

  let spec: OpenAPIDocument
  let validator: SchemaValidator
  let faults: Set<Fault>
  let key: HMACKey
  let callers: [String: Caller]
  let log = Mutex(EventTable())

  package init(spec: OpenAPIDocument, secret: String, faults: Set<Fault> = []) {
    self.spec = spec
    self.faults = faults
    validator = SchemaValidator(index: spec.index)
    key = HMACKey(secret.utf8)
    var callers: [String: Caller] = [:]
    for role in ["owner", "maintainer", "operator", "viewer"] {
      callers[Self.token(of: role)] = Caller(role: role, source: nil)
    }
    for source in ["finance", "portal", "backend", "desktop", "website", "github"] {
      callers[Self.token(of: source)] = Caller(role: "producer", source: source)
    }
    self.callers = callers
  }

  /// The token of a role or a producer.
  package static func token(of name: String) -> String { "TOKEN_\(name.uppercased())" }

  package func admit(_ head: HTTPRequestHead) -> HTTPAdmission<Void> { .accept((), bodyLimit: Self.bodyLimit) }

  package func respond(to request: HTTPRequest, admitted: Void) async -> HTTPResponse {
    do throws(Refusal) {
      let operation = try route(request.head)
      let caller = try authenticate(request.head, operation)
      return try perform(operation, request, caller)
    } catch {
      return problem(error)
    }
  }

  package func rejection(_ fault: HTTPFault, head: HTTPRequestHead?) -> HTTPResponse {
    problem(Refusal(fault.status.code, fault.detail))
  }

  private func route(_ head: HTTPRequestHead) throws(Refusal) -> Operation {
    let path = String(decoding: head.path, as: UTF8.self)
    let method = head.method == .head ? "GET" : head.method.name
    let known = spec.operations.filter { $0.path.raw == path }
    guard !known.isEmpty else { throw Refusal(404, "There is nothing at this path.") }
    if let operation = known.first(where: { $0.method == method }) { return operation }
    let allowed = known.map(\.method) + (known.contains { $0.method == "GET" } ? ["HEAD"] : [])
    var refusal = Refusal(405, "This path takes another method.")
    refusal.fields.append("Allow", HTTPFieldValue(lossy: allowed.joined(separator: ", ")))
    throw refusal
  }

  private func perform(
    _ operation: Operation, _ request: HTTPRequest, _ caller: Caller?
  ) throws(Refusal) -> HTTPResponse {
    switch operation.id {
    case "createEvent": return try createEvent(request, caller)
    case "listEvents": return try listEvents(request, operation, caller)
    case "listSystems": return json(200, systems())
    case "getHealth": return json(200, health(caller))
    case "getLiveness", "getReadiness": return json(200, .object([.init(key: "status", value: .string("ok"))]))
    case "getOpenAPIJSON": return json(200, spec.root.jsonValue)
    case "getOpenAPIYAML":
      return HTTPResponse(
        status: .ok, fields: ["Content-Type": "application/yaml"], body: .bytes(JSONWriter.write(spec.root.jsonValue)))
    default: throw Refusal(404, "There is nothing at this path.")
    }
  }

  func has(_ fault: Fault) -> Bool { faults.contains(fault) }
}
