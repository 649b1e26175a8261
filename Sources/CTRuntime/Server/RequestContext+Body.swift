internal import CTHTTP
internal import CTJSON

extension RequestContext {
  /// The body, decoded and checked in one pass.
  /// - Throws: a 400 where it is not JSON, a 422 with every violation.
  public func body<Body: JSONDecodable>(_: Body.Type = Body.self) throws(ProblemDetails) -> Body {
    do throws(JSONDecodingFault) {
      return try JSONReader.read(request.body, limits: .untrusted) { json throws(JSONDecodingFault) in
        var validation = ValidationContext()
        let body = Body.decode(&json, &validation)
        try validation.finish(&json)
        guard let body else { preconditionFailure("\(Body.self) was neither made nor refused") }
        return body
      }
    } catch {
      throw ProblemDetails(error)
    }
  }

  /// The body without its personal data, and what was taken out of it where.
  /// - Throws: as ``body(_:)``.
  public func redactedBody<Body: JSONDecodable>(
    _: Body.Type = Body.self
  ) throws(ProblemDetails) -> (body: Body, redactions: [RedactionNote]) {
    do throws(JSONDecodingFault) {
      return try JSONReader.read(request.body, limits: .untrusted) { json throws(JSONDecodingFault) in
        var validation = ValidationContext(redactor: redactor)
        let body = Body.decode(&json, &validation)
        let notes = validation.isValid && json.syntaxError == nil ? validation.redactionNotes(json) : []
        try validation.finish(&json)
        guard let body else { preconditionFailure("\(Body.self) was neither made nor refused") }
        return (body, notes)
      }
    } catch {
      throw ProblemDetails(error)
    }
  }

  /// The caller of an operation that cannot be reached without a token.
  public var identifiedCaller: Principal {
    guard let caller else { preconditionFailure("an operation that needs a token was reached without one") }
    return caller
  }
}
