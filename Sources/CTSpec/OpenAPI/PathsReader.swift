/// Reads `paths` and their operations (OpenAPI 3.1, sections 4.8.8 to 4.8.10).
final class PathsReader {
  static let methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"]

  private let context: OpenAPIContext
  private var operationIDs: [ExactString: SourceLocation] = [:]
  private var shapes: [[PathTemplate.Segment]: SourceLocation] = [:]
  /// The path items that were read.
  private var known: Set<SchemaID> = []

  init(_ context: OpenAPIContext) { self.context = context }

  func operations(of root: ObjectReader, security: [SecurityRequirement]?) -> [Operation] {
    root.map("paths").flatMap { member, id -> [Operation] in
      if member.key.hasPrefix("x-"), !member.key.hasPrefix("x-ct-") { return [] }
      guard let path = PathTemplateReader(context).template(member.key, at: member.keyLocation) else { return [] }
      checkShape(path, at: member.keyLocation)
      return operations(path, member, id, security ?? [])
    }
  }

  /// Reads path items that no path references, for their faults.
  func check(pathItems: [(member: SpecNode.Member, id: SchemaID)], security: [SecurityRequirement]?) {
    for (member, id) in pathItems where !known.contains(id) { _ = operations(nil, member, id, security ?? []) }
  }

  /// Two paths that differ only in the names of parameters are the same path (section 4.8.8.1).
  private func checkShape(_ path: PathTemplate, at location: SourceLocation) {
    let shape = path.segments.map { if case .parameter = $0 { PathTemplate.Segment.parameter("") } else { $0 } }
    if let first = shapes.updateValue(location, forKey: shape) {
      context.error("duplicate-path", at: location, "this is the same path as the one on line \(first.line)")
    }
  }

  private func operations(
    _ path: PathTemplate?, _ member: SpecNode.Member, _ id: SchemaID, _ security: [SecurityRequirement]
  ) -> [Operation] {
    guard let place = context.resolved(member.value, id, "path item") else { return [] }
    known.insert(place.id)
    let reader = ObjectReader(place.node, place.id, "path item", context.load)
    let shared = ParameterReader(context).parameters(of: reader)
    let (summary, description) = (reader.string("summary"), reader.string("description"))
    for method in Self.methods { _ = reader.any(method) }
    context.refuse(["servers"], of: reader)
    reader.finish()
    return (place.node.members ?? []).compactMap { method in
      guard Self.methods.contains(method.key) else { return nil }
      var operation = operation(path, method, place.id.appending(method.key), shared, security)
      operation.summary = operation.summary ?? summary
      operation.description = operation.description ?? description
      return operation
    }
  }

  private func operation(
    _ path: PathTemplate?, _ member: SpecNode.Member, _ id: SchemaID, _ shared: [Parameter],
    _ security: [SecurityRequirement]
  ) -> Operation {
    let reader = ObjectReader(member.value, id, "operation", context.load)
    let own = ParameterReader(context).parameters(of: reader)
    let parameters = shared.filter { known in !own.contains { $0.isSame(as: known) } } + own
    let body = reader.any("requestBody").flatMap {
      MessageReader(context).requestBody($0, id.appending("requestBody"))
    }
    let operation = Operation(
      id: reader.string("operationId") ?? "", method: member.key.uppercased(),
      path: path ?? PathTemplate(raw: "", segments: []),
      summary: reader.string("summary"), description: reader.string("description"), tags: reader.names("tags"),
      deprecated: reader.flag("deprecated"), parameters: parameters, requestBody: body,
      responses: MessageReader(context).responses(of: reader),
      security: SecurityReader(context).requirements(of: reader) ?? security, location: member.keyLocation)
    reader.readExternalDocs()
    context.refuse(["callbacks", "servers"], of: reader)
    reader.finish()
    check(operation, reader)
    if path != nil { checkPathParameters(operation) }
    return operation
  }
}

// MARK: - Checks

extension PathsReader {
  private func check(_ operation: Operation, _ reader: ObjectReader) {
    checkID(operation, reader)
    // RFC 9110, section 9.3: content in these requests has no defined meaning; in TRACE it must not be.
    if ["GET", "HEAD", "DELETE", "TRACE"].contains(operation.method), let member = reader.member("requestBody") {
      context.error(
        "body-not-allowed", at: member.keyLocation, "a \(operation.method) request has no body (RFC 9110, section 9.3)")
    }
  }

  private func checkID(_ operation: Operation, _ reader: ObjectReader) {
    guard !operation.id.isEmpty else {
      if reader.any("operationId")?.string != nil || !reader.has("operationId") {
        context.error("operation-id", at: operation.location, "this operation needs an 'operationId'")
      }
      return
    }
    let location = reader.any("operationId")?.location ?? operation.location
    if let first = operationIDs.updateValue(location, forKey: ExactString(operation.id)) {
      context.error(
        "operation-id", at: location,
        "the operationId '\(operation.id)' is already taken at \(first.file):\(first.line)")
    }
  }

  private func checkPathParameters(_ operation: Operation) {
    let declared = operation.parameters.filter { $0.placement == .path }
    for name in operation.path.parameterNames where !declared.contains(where: { $0.name == name }) {
      context.error(
        "path-parameter-missing", at: operation.location,
        "the parameter '{\(name)}' of '\(operation.path.raw)' is not declared",
        suggestion: EditDistance.suggestion(for: name, among: declared.map(\.name)))
    }
    for parameter in declared where !operation.path.parameterNames.contains(parameter.name) {
      context.error(
        "path-parameter-unknown", at: parameter.location,
        "the path parameter '\(parameter.name)' does not stand in '\(operation.path.raw)'",
        suggestion: EditDistance.suggestion(for: parameter.name, among: operation.path.parameterNames))
    }
  }
}
