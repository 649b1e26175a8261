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

  private static let roles = ["owner", "maintainer", "operator", "viewer"]
  private static let sources = ["finance", "portal", "backend", "desktop", "website", "github"]

  /// Of the tokens that it knows.
  package static let names = roles + sources

  static let bodyLimit = 262_144

  let spec: OpenAPIDocument
  let validator: SchemaValidator
  let faults: Set<Fault>
  let key: HMACKey
  let callers: [String: Caller]
  let log = Mutex(EventTable())
  private let bundles = Mutex<[Bool: [UInt8]]>([:])

  package init(spec: OpenAPIDocument, secret: String, faults: Set<Fault> = []) {
    self.spec = spec
    self.faults = faults
    validator = SchemaValidator(index: spec.index)
    key = HMACKey(secret.utf8)
    var callers: [String: Caller] = [:]
    for role in Self.roles {
      callers[Self.token(of: role)] = Caller(role: role, source: nil)
    }
    for source in Self.sources {
      callers[Self.token(of: source)] = Caller(role: "producer", source: source)
    }
    if faults.contains(.expiredTokenAccepted) { callers[Self.expired] = Caller(role: "owner", source: nil) }
    self.callers = callers
  }

  /// A token that was valid once.
  package static let expired = "TOKEN_EXPIRED"

  /// How long the server that it runs on has to wait for slow requests.
  package var deadlines: HTTPDeadlines {
    var deadlines = HTTPDeadlines()
    deadlines.head = has(.slowHeadIsKept) ? .seconds(60) : .milliseconds(300)
    deadlines.body = has(.slowBodyIsKept) ? .seconds(60) : .milliseconds(300)
    return deadlines
  }

  /// The token of a role or a producer.
  package static func token(of name: String) -> String { "TOKEN_\(name.uppercased())" }

  package func admit(_ head: HTTPRequestHead) -> HTTPAdmission<Void> { .accept((), bodyLimit: Self.bodyLimit) }

  package func respond(to request: HTTPRequest, admitted: Void) async -> HTTPResponse {
    do throws(Refusal) {
      let operation = try route(request)
      let caller = try authenticate(request.head, operation)
      let content = try negotiated(request.head, operation)
      return completed(try await perform(operation, request, caller, content), operation)
    } catch {
      return problem(error)
    }
  }

  package func rejection(_ fault: HTTPFault, head: HTTPRequestHead?) -> HTTPResponse {
    if fault.kind == .lengthRequired, has(.lengthIsNotNeeded) { return problem(Refusal(400, "No body.")) }
    return problem(Refusal(fault.status.code, fault.detail))
  }

  private func route(_ request: HTTPRequest) throws(Refusal) -> Operation {
    let head = request.head
    let path = String(decoding: head.path, as: UTF8.self)
    let method = head.method == .head && !has(.headIsNotAllowed) ? "GET" : head.method.name
    // A path without parameters comes before one with them (OpenAPI 3.1, section 4.8.8.2).
    let literal = spec.operations.filter { $0.path.raw == path }
    let known = literal.isEmpty ? spec.operations.filter { Self.fits(path, $0.path) } : literal
    try damage(method, path, request)
    guard !known.isEmpty else { throw Refusal(404, "There is nothing at this path.") }
    if let operation = known.first(where: { $0.method == method }) { return operation }
    if has(.otherMethodIsNotFound) { throw Refusal(404, "There is nothing at this path.") }
    let allowed = known.map(\.method) + (known.contains { $0.method == "GET" } ? ["HEAD"] : [])
    var refusal = Refusal(405, "This path takes another method.")
    let told = has(.allowIsIncomplete) ? Array(allowed.prefix(1)) : allowed
    if !has(.noAllow) { refusal.fields.append("Allow", HTTPFieldValue(lossy: told.joined(separator: ", "))) }
    throw refusal
  }

  /// What a faulty deployment does on paths and with methods that it should not have.
  private func damage(_ method: String, _ path: String, _ request: HTTPRequest) throws(Refusal) {
    if has(.optionsSucceeds), method == "OPTIONS" { throw Refusal(204, "") }
    if has(.debugPathIsThere), path == "/debug/pprof/" { throw Refusal(200, "") }
    if has(.deleteSucceeds), method == "DELETE", path.hasPrefix("/events/") { throw Refusal(204, "") }
    if has(.putChangesEvents), method == "PUT", path.hasPrefix("/events/") {
      let id = String(path.dropFirst("/events/".count))
      if let event = try? JSONValue(parsing: request.body), let row = log.withLock({ $0.row(of: id) }) {
        log.withLock { $0.replace(row, with: event, body: request.body) }
      }
    }
    if has(.unknownPathIsOK), path == "/actuator" { throw Refusal(200, "") }
  }

  private func perform(
    _ operation: Operation, _ request: HTTPRequest, _ caller: Caller?, _ content: MediaType?
  ) async throws(Refusal) -> HTTPResponse {
    switch operation.id {
    case "createEvent": return try await createEvent(request, caller)
    case "listEvents" where has(.listIsUnavailable):
      var refusal = Refusal(503, "Not now.")
      refusal.fields.append("Retry-After", "1")
      throw refusal
    case "streamEvents" where has(.streamIsRefused): throw Refusal(403, "This needs another role.")
    case "listEvents": return try listEvents(request, operation, caller)
    case "getEvent": return try getEvent(request, operation, caller)
    case "listSystems":
      _ = try read(request.head, operation)
      return json(200, systems())
    case "getSystem":
      _ = try read(request.head, operation)
      let id = request.head.path.split(separator: UInt8(ascii: "/")).last.map { String(decoding: $0, as: UTF8.self) }
      guard let system = systems().elements?.first(where: { $0["systemId"]?.string == id }) else {
        throw Refusal(404, "This system is not watched.")
      }
      return json(200, system)
    case "getHealth":
      _ = try read(request.head, operation)
      return json(200, health(caller))
    case "getReadiness" where has(.readinessFails) || has(.unreadyWithoutRetryAfter):
      var refusal = Refusal(503, "Not ready.")
      if !has(.unreadyWithoutRetryAfter) { refusal.fields.append("Retry-After", "1") }
      throw refusal
    case "getLiveness", "getReadiness": return json(200, .object([.init(key: "status", value: .string("ok"))]))
    case "getOpenAPIJSON":
      return HTTPResponse(status: .ok, fields: ["Content-Type": "application/json"], body: .bytes(served(asJSON: true)))
    case "getOpenAPIYAML":
      return HTTPResponse(
        status: .ok, fields: ["Content-Type": "application/yaml"], body: .bytes(served(asJSON: false)))
    case "streamEvents":
      _ = try read(request.head, operation)
      return stream(caller)
    default: return try other(operation, request, caller, content)
    }
  }

  /// With the fields that the spec requires and nothing else here knows of, as its examples have them.
  private func completed(_ response: HTTPResponse, _ operation: Operation) -> HTTPResponse {
    let declared = operation.responses.first { $0.status == .code(response.status.code) }
    var response = response
    for header in declared?.headers ?? [] where header.required {
      guard let name = HTTPFieldName(header.name), response.fields.value(of: header.name) == nil,
        let value = header.examples.first?.value.string
      else { continue }
      response.fields.append(name, HTTPFieldValue(lossy: value))
    }
    return response
  }

  /// What it knows from the spec alone.
  private func other(
    _ operation: Operation, _ request: HTTPRequest, _ caller: Caller?, _ content: MediaType?
  ) throws(Refusal) -> HTTPResponse {
    _ = try read(request.head, operation)
    var inputs = JSONValue.null
    if let content = operation.requestBody?.content.first, let schema = content.schema {
      try checkMediaType(request.head)
      if SignedOperations.contains(operation, spec) { try checkSignature(request) }
      guard let body = try? JSONValue(parsing: request.body) else { throw Refusal(400, "The body is not JSON.") }
      let violations = validator.validate(body, against: schema)
      let isChecked = starts(operation) ? !has(.badInputsStart) : !has(.otherBodiesAreNotChecked)
      guard violations.isEmpty || !isChecked else { throw Refusal(422, "The body breaks its schema.", violations) }
      inputs = body
    }
    if starts(operation) { return try start(request, operation, inputs) }
    if operation.id == "getRun" {
      let name = request.head.path.split(separator: UInt8(ascii: "/")).last.map { String(decoding: $0, as: UTF8.self) }
      return try run(name ?? "", operation)
    }
    return try example(operation, content, caller)
  }

  private func read(_ head: HTTPRequestHead, _ operation: Operation) throws(Refusal) -> [String: String] {
    do throws(Refusal) {
      return try QueryReader(spec: spec, validator: validator, faults: faults).read(head, operation)
    } catch {
      if has(.nameIsServerError), operation.id == "getDeadLetter" { throw Refusal(500, "Something went wrong.") }
      throw error
    }
  }

  private static func fits(_ path: String, _ template: PathTemplate) -> Bool {
    let segments = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    guard segments.count == template.segments.count else { return false }
    return zip(segments, template.segments).allSatisfy { text, segment in
      switch segment {
      case .literal(let literal): text == literal
      case .parameter: !text.isEmpty
      }
    }
  }

  /// The spec as it is served. What is JSON is YAML too.
  private func served(asJSON: Bool) -> [UInt8] {
    bundles.withLock { bundles in
      if let bytes = bundles[asJSON] { return bytes }
      let bytes = JSONWriter.write(asJSON && has(.servesOtherJSON) ? otherSpec : servedSpec)
      bundles[asJSON] = bytes
      return bytes
    }
  }

  /// The spec as one document.
  private var servedSpec: JSONValue {
    let document = SpecBundler.bundle(spec)
    if has(.servesNoSpec) { return .object([]) }
    return document.jsonValue.edited { members, pointer in
      if has(.servesSpecWithoutOperation), pointer == "/paths" { members.removeAll { $0.key == "/systems" } }
      if has(.servesLaxerSpec), pointer.hasSuffix("/InvoiceId") { members.removeAll { $0.key == "maxLength" } }
    }
  }

  /// Not what it enforces.
  private var otherSpec: JSONValue {
    servedSpec.edited { members, pointer in
      if pointer == "/paths" { members.removeAll { $0.key == "/systems" } }
    }
  }

  /// How many events have been recorded.
  package var eventCount: Int { log.withLock { $0.rows.count } }

  func has(_ fault: Fault) -> Bool { faults.contains(fault) }
}

/// Operations whose bodies are signed.
enum SignedOperations {
  static func contains(_ operation: Operation, _ spec: OpenAPIDocument) -> Bool {
    let signing = spec.securitySchemes.filter { if case .apiKey(_, _, .some) = $0.kind { true } else { false } }
    return operation.security.flatMap(\.schemes).contains { scheme in signing.contains { $0.name == scheme.name } }
  }
}
