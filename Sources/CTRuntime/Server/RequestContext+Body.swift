public import CTHTTP
public import CTJSON

extension RequestContext {
  /// The body, decoded and checked in one pass.
  /// - Throws: a 400 where it is not JSON, a 422 with every violation.
  public func body<Body: JSONDecodable>(_: Body.Type = Body.self) throws(ProblemDetails) -> Body {
    try json(request.body, Body.decode)
  }

  /// The body as JSON of the schema that `decode` checks.
  /// - Throws: a 400 where it is not JSON, a 422 with every violation.
  public func body<Body>(
    _ decode: (inout JSONReader, inout ValidationContext) -> Body?
  ) throws(ProblemDetails) -> Body {
    try json(request.body, decode)
  }

  /// The body as text of the schema that `decode` checks, to which it is a string.
  /// - Throws: a 400 where it is not UTF-8, a 422 with every violation.
  public func text(
    _ decode: (inout JSONReader, inout ValidationContext) -> String?
  ) throws(ProblemDetails) -> String {
    var string: [UInt8] = []
    JSONWriter.append(string: try text(), to: &string)
    return try json(string, decode)
  }

  /// The body as text.
  /// - Throws: a 400 where it is not UTF-8.
  public func text() throws(ProblemDetails) -> String {
    if let text = String(validating: request.body, as: UTF8.self) { return text }
    throw ProblemDetails(.badRequest, "The body is not UTF-8.").refusal
  }

  /// The body as it came.
  public var bytes: [UInt8] { request.body }

  private func json<Body>(
    _ text: [UInt8], _ decode: (inout JSONReader, inout ValidationContext) -> Body?
  ) throws(ProblemDetails) -> Body {
    do throws(JSONDecodingFault) {
      return try JSONReader.read(text, limits: .untrusted) { json throws(JSONDecodingFault) in
        var validation = ValidationContext(direction: .request)
        let body = decode(&json, &validation)
        try validation.finish(&json)
        guard let body else { preconditionFailure("\(Body.self) was neither made nor refused") }
        return body
      }
    } catch {
      throw ProblemDetails(error).refusal
    }
  }

  /// The body without its personal data, and what was taken out of it where.
  /// - Throws: as ``body(_:)``.
  @inlinable public func redactedBody<Body: JSONDecodable>(
    _: Body.Type = Body.self
  ) throws(ProblemDetails) -> (body: Body, redactions: [RedactionNote]) {
    do throws(JSONDecodingFault) {
      return try JSONReader.read(request.body, limits: .untrusted) { json throws(JSONDecodingFault) in
        var validation = ValidationContext(redactor: redactor, direction: .request)
        let body = Body.decode(&json, &validation)
        let notes = validation.isValid && json.syntaxError == nil ? validation.redactionNotes(json) : []
        try validation.finish(&json)
        guard let body else { preconditionFailure("\(Body.self) was neither made nor refused") }
        return (body, notes)
      }
    } catch {
      throw Self.refusal(of: error)
    }
  }

  @usableFromInline static func refusal(of fault: JSONDecodingFault) -> ProblemDetails {
    ProblemDetails(fault).refusal
  }

  /// The caller of an operation that cannot be reached without a token.
  public var identifiedCaller: Principal {
    guard let caller else { preconditionFailure("an operation that needs a token was reached without one") }
    return caller
  }
}
