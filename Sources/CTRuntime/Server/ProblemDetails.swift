public import CTHTTP
public import CTJSON

/// An error response: `application/problem+json` (RFC 9457), with every violation as a member of its own.
public struct ProblemDetails: Error, Sendable {
  public var status: HTTPStatus
  /// What happened to this request, and what to do about it.
  public var detail: String
  public var violations: [SchemaViolation]
  /// Seconds after which the same request may succeed (RFC 9110, section 10.2.3).
  public var retryAfter: Int?
  /// `Allow` for a 405, `WWW-Authenticate` for a 401.
  public var fields: HTTPFields
  /// Whether the request was refused before it came to its handler, which then has nothing to answer for.
  var isRefusal = false

  public init(
    _ status: HTTPStatus, _ detail: String, violations: [SchemaViolation] = [], retryAfter: Int? = nil,
    fields: HTTPFields = [:]
  ) {
    self.status = status
    self.detail = detail
    self.violations = violations
    self.retryAfter = retryAfter
    self.fields = fields
  }

  /// The same, of a request that was refused before it came to its handler.
  var refusal: ProblemDetails {
    var problem = self
    problem.isRefusal = true
    return problem
  }

  /// The response, which names the request so that it can be found in the log.
  /// - Parameter path: the path of the request, without its query.
  public func response(requestID: RequestID, path: ArraySlice<UInt8>?) -> HTTPResponse {
    var fields = fields
    fields.append("Content-Type", "application/problem+json")
    if let retryAfter { fields.append("Retry-After", HTTPFieldValue(retryAfter)) }
    return HTTPResponse(status: status, fields: fields, body: .bytes(json(requestID: requestID, path: path)))
  }

  func json(requestID: RequestID, path: ArraySlice<UInt8>?) -> [UInt8] {
    var output = JSONOutput()
    output.beginObject()
    output.name("type")
    output.string("about:blank")
    output.name("title")
    output.string(status.reason)
    output.name("status")
    status.code.encode(to: &output)
    output.name("detail")
    output.string(detail)
    if let path {
      output.name("instance")
      output.string(String(decoding: path.prefix(1024), as: UTF8.self))
    }
    output.name("requestId")
    output.string(requestID.description)
    if !violations.isEmpty {
      output.name("errors")
      Array(violations.prefix(Self.violationLimit)).encode(to: &output)
    }
    output.endObject()
    return output.finish()
  }

  /// As many as the document that every error is may have.
  private static let violationLimit = 1000
}

/// An error that knows what the caller should be told. Any other error is a 500 that tells nothing.
public protocol ProblemConvertible: Error {
  var problem: ProblemDetails { get }
}

extension ProblemDetails: ProblemConvertible {
  public var problem: ProblemDetails { self }
}

extension SchemaViolation: JSONEncodable {
  public func encode(to output: inout JSONOutput) {
    output.beginObject()
    output.name("pointer")
    output.string(pointer)
    output.name("keyword")
    output.string(keyword)
    output.name("detail")
    output.string(detail)
    output.endObject()
  }
}

extension ProblemDetails {
  /// Why a body was not accepted: 400 where it is not JSON, 422 where it breaks its schema.
  public init(_ fault: JSONDecodingFault) {
    switch fault {
    case .syntax(let error):
      let fault = error.reason.isLimit ? "is more than is taken" : "is not JSON"
      self.init(.badRequest, "The body \(fault): at byte \(error.offset), \(error.reason.rawValue).")
    case .violations(let violations):
      let count = violations.count == 1 ? "one place" : "\(violations.count) places"
      self.init(
        .unprocessableContent, "The body breaks its schema in \(count); see `errors`.", violations: violations)
    }
  }
}
