internal import CTHTTP
internal import CTJSON

/// Why a request is not done.
struct Refusal: Error {
  var status: Int
  var detail: String
  var violations: [SchemaViolation] = []
  var fields: HTTPFields = [:]

  init(_ status: Int, _ detail: String, _ violations: [SchemaViolation] = []) {
    self.status = status
    self.detail = detail
    self.violations = violations
  }
}

extension TinyTower {
  func json(_ status: Int, _ value: JSONValue, fields: HTTPFields = [:]) -> HTTPResponse {
    var fields = fields
    fields.append("Content-Type", "application/json")
    return HTTPResponse(status: HTTPStatus(status), fields: fields, body: .bytes(JSONWriter.write(value)))
  }

  /// An answer as RFC 9457 has it.
  func problem(_ refusal: Refusal) -> HTTPResponse {
    let status = HTTPStatus(refusal.status)
    var members: [JSONValue.Member] = [.init(key: "type", value: .string("about:blank"))]
    if !has(.problemWithoutTitle) { members.append(.init(key: "title", value: .string(status.reason))) }
    let told = has(.problemWithWrongStatus) ? 500 : refusal.status
    members.append(.init(key: "status", value: .number(JSONNumber(told))))
    let trace = has(.problemShowsTrace) ? " Traceback (most recent call last): line 1" : ""
    let address = has(.problemShowsAddress) ? " See 10.0.12.7:5432." : ""
    members.append(.init(key: "detail", value: .string(refusal.detail + trace + address)))
    if !refusal.violations.isEmpty {
      members.append(.init(key: "errors", value: .array(refusal.violations.prefix(1000).map(Self.violation))))
    }
    var fields = refusal.fields
    if refusal.status == 404, has(.unknownPathIsText) {
      return HTTPResponse(status: status, fields: ["Content-Type": "text/plain"], body: .bytes(Array("nothing".utf8)))
    }
    fields.append("Content-Type", has(.problemIsPlainJSON) ? "application/json" : "application/problem+json")
    if refusal.status == 401, !has(.noChallenge) { fields.append("WWW-Authenticate", "Bearer realm=\"tiny\"") }
    return HTTPResponse(status: status, fields: fields, body: .bytes(JSONWriter.write(.object(members))))
  }

  private static func violation(_ violation: SchemaViolation) -> JSONValue {
    .object([
      .init(key: "pointer", value: .string(violation.pointer)),
      .init(key: "keyword", value: .string(violation.keyword)),
      .init(key: "detail", value: .string(String(violation.detail.prefix(400)))),
    ])
  }
}
