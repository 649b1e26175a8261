internal import CTHTTP
internal import CTJSON
internal import CTSpec

/// The rules that hold for every response of a declared operation: status, media type, headers and body are the ones in
/// the spec.
struct ResponseJudge {
  let spec: SpecCatalog
  let session: RunSession

  func faults(of observation: Observation, to probe: Probe, _ operation: Operation?) -> [ResponseFault] {
    let host = session.deployment.url.origin.host
    let internals = Internals.faults(of: observation, spec, host: host) + personal(observation, probe, operation)
    guard let operation, operation.method == probe.method else {
      return internals + failure(observation, probe, operation)
    }
    return internals + declaredFaults(of: observation, operation) + failure(observation, probe, operation)
  }

  /// A deployment may say that it cannot answer now. Then the check could not see what it was to judge.
  private func failure(_ observation: Observation, _ probe: Probe, _ operation: Operation?) -> [ResponseFault] {
    guard observation.status >= 500, operation.map({ $0.response(for: observation.status) != nil }) ?? true else {
      return []
    }
    return [Self.unanswered(observation, probe, operation, spec)]
  }

  /// A request that is right, and is not answered with what it asks for.
  static func unanswered(
    _ observation: Observation, _ probe: Probe, _ operation: Operation?, _ spec: SpecCatalog
  ) -> ResponseFault {
    let name = operation?.name ?? "\(probe.method) \(probe.target.prefix { $0 != "?" })"
    let due = operation?.success.map { spec.reference($0.location, "\(name) → success") }
    return ResponseFault(
      rule: "response-success", severity: .error, message: "\(name) answers \(observation.status)",
      expected: "an answer that can be judged", seen: observation.summary, clause: due ?? spec.reference(.document))
  }

  /// What the run has planted never comes back, not even to the one who sent it.
  private func personal(_ observation: Observation, _ probe: Probe, _ operation: Operation?) -> [ResponseFault] {
    let planted = session.plantedValues
    guard !planted.isEmpty else { return [] }
    let head = observation.fields.map(\.value).joined(separator: "\n").utf8
    guard let found = planted.first(in: observation.body) ?? planted.first(in: Array(head)) else { return [] }
    let name = operation?.name ?? "\(probe.method) \(probe.target.prefix { $0 != "?" })"
    return [
      ResponseFault(
        rule: "response-personal-data", severity: .error, message: "\(name) shows \(found.datum.kind) that was sent",
        expected: "nothing of the kind, in whatever form", seen: "'\(found.form)' in \(observation.statusLine)",
        clause: spec.reference(.pointer("/paths/~1events/post/description"))
          ?? operation.map { spec.reference($0.location, $0.name) })
    ]
  }

  private func declaredFaults(of observation: Observation, _ operation: Operation) -> [ResponseFault] {
    guard let response = operation.response(for: observation.status) else {
      return [undocumented(observation, operation)]
    }
    let headers = headerFaults(observation, response, operation)
    return headers + contentFaults(observation, response, operation)
  }

  private func undocumented(_ observation: Observation, _ operation: Operation) -> ResponseFault {
    let statuses = operation.responses.map(\.status.text).joined(separator: ", ")
    return ResponseFault(
      rule: "response-status", severity: .error,
      message: "\(operation.name) answers \(observation.status), which it does not declare",
      expected: "one of \(statuses)", seen: observation.summary,
      clause: spec.reference(operation.location, operation.name))
  }

  private func headerFaults(
    _ observation: Observation, _ response: Response, _ operation: Operation
  ) -> [ResponseFault] {
    response.headers.compactMap { header in
      let clause = spec.reference(header.location, "\(operation.name) → \(observation.status), \(header.name)")
      guard let value = observation.field(header.name) else {
        guard header.required else { return nil }
        return ResponseFault(
          rule: "response-header", severity: .error,
          message: "\(header.name) is missing in a response with \(observation.status)",
          expected: "a field \(header.name)", seen: "\(observation.statusLine) without it", clause: clause)
      }
      let values = ScalarText(spec: spec).readings(of: value, as: header.schema)
      let violations = values.map { spec.validator.validate($0, against: header.schema) }
      guard let first = violations.first, !violations.contains(where: \.isEmpty) else { return nil }
      let broken = first.map { "\($0.keyword): \($0.detail)" }.joined(separator: "; ")
      return ResponseFault(
        rule: "response-header", severity: .error, message: "\(header.name) breaks its schema", expected: broken,
        seen: "\(header.name): \(value.prefix(200))", clause: clause)
    }
  }

  private func contentFaults(
    _ observation: Observation, _ response: Response, _ operation: Operation
  ) -> [ResponseFault] {
    let place = "\(operation.name) → \(observation.status)"
    guard !response.content.isEmpty else { return [] }
    let names = response.content.map(\.name).joined(separator: ", ")
    guard let content = response.content.of(observation) else {
      return [
        ResponseFault(
          rule: "response-media-type", severity: .error, message: "\(place) has another media type", expected: names,
          seen: observation.field("Content-Type") ?? "no Content-Type",
          clause: spec.reference(response.location, place))
      ]
    }
    guard let schema = content.schema else { return emptyBody(observation, content, place) }
    guard content.bareName.hasSuffix("json") else { return textFaults(observation, content, schema, place) }
    guard let value = observation.json else {
      return [
        ResponseFault(
          rule: "response-body", severity: .error, message: "\(place) has a body that is not JSON",
          expected: "a JSON text", seen: observation.summary, clause: spec.reference(content.location, place))
      ]
    }
    return schemaFaults(value, schema, place) + statusMember(value, observation, content, place)
  }

  private func emptyBody(_ observation: Observation, _ content: MediaType, _ place: String) -> [ResponseFault] {
    guard observation.body.isEmpty else { return [] }
    return [
      ResponseFault(
        rule: "response-body", severity: .error, message: "\(place) has an empty body", expected: "a document",
        seen: observation.summary, clause: spec.reference(content.location, place))
    ]
  }

  /// Of text, the schema of a string says how much there may be of it; a schema of anything else is about what the text
  /// stands for, which is not read here.
  private func textFaults(
    _ observation: Observation, _ content: MediaType, _ schema: SchemaID, _ place: String
  ) -> [ResponseFault] {
    guard content.name.hasPrefix("text/"), spec.document.index.resolved(schema).types == [.string] else {
      return emptyBody(observation, content, place)
    }
    guard let text = String(validating: observation.body, as: UTF8.self) else {
      return [
        ResponseFault(
          rule: "response-body", severity: .error, message: "\(place) has a text that is not UTF-8", expected: "UTF-8",
          seen: observation.summary, clause: spec.reference(content.location, place))
      ]
    }
    return emptyBody(observation, content, place) + schemaFaults(.string(text), schema, place)
  }

  private func schemaFaults(_ value: JSONValue, _ schema: SchemaID, _ place: String) -> [ResponseFault] {
    let finder = KeywordFinder(index: spec.document.index)
    return spec.validator.validate(value, against: schema).map { violation in
      let pointer = violation.pointer.isEmpty ? "the body" : Self.generalized(violation.pointer)
      return ResponseFault(
        rule: "response-body", severity: .error,
        message: "\(place): \(pointer) breaks \(violation.keyword)", expected: violation.detail,
        seen: "\(violation.pointer.isEmpty ? "/" : violation.pointer) of the body",
        clause: spec.reference(
          finder.location(of: violation, in: value, from: schema), "\(place), \(violation.keyword)"))
    }
  }

  /// RFC 9457, section 3.1.2: the member `status` is the status.
  private func statusMember(
    _ value: JSONValue, _ observation: Observation, _ content: MediaType, _ place: String
  ) -> [ResponseFault] {
    guard content.name == "application/problem+json", let status = value["status"]?.number?.int,
      status != observation.status
    else { return [] }
    return [
      ResponseFault(
        rule: "response-problem", severity: .error, message: "\(place): the problem's status is another",
        expected: "\(observation.status)", seen: "\(status)", clause: spec.reference(content.location, place))
    ]
  }

  /// A pointer without its numbers, so that one fault in many items is one finding.
  private static func generalized(_ pointer: String) -> String {
    pointer.split(separator: "/", omittingEmptySubsequences: false)
      .map { !$0.isEmpty && $0.utf8.allSatisfy { 48...57 ~= $0 } ? "*" : String($0) }.joined(separator: "/")
  }
}

extension Response.Status {
  /// As the spec writes it.
  fileprivate var text: String {
    switch self {
    case .code(let code): "\(code)"
    case .range(let digit): "\(digit)XX"
    case .default: "default"
    }
  }
}
