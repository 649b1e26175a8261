internal import CTSpec

/// Writes the Swift client: one method for each operation, with the same types as the server.
struct ClientEmitter {
  let name: String
  let document: OpenAPIDocument
  let operations: [OperationModel]

  func declarations() -> [Code] {
    code {
      Code.documentation("Calls the operations of a deployment. Bodies are signed where the spec asks for it.")
      block("public struct \(name): Sendable") {
        "public let client: APIClient"
        Code.blank
        block("public init(_ client: APIClient)") { "self.client = client" }
        for operation in operations {
          Code.blank
          method(operation)
        }
      }
    }
  }

  private func method(_ model: OperationModel) -> [Code] {
    var parameters = model.parameters.map { parameter in
      let isRequired = parameter.parameter.required
      return "\(SwiftName.escaped(parameter.name)): \(parameter.type.source)\(isRequired ? "" : "? = nil")"
    }
    if let body = model.body { parameters.insert("body: \(body.type.source)", at: 0) }
    let header = "public func \(model.function)(\(parameters.joined(separator: ", ")))"
    return code {
      Code.documentation(model.operation.summary.map { $0 + "." } ?? model.operation.id)
      block("\(header) async throws -> \(model.namespace).Output") {
        let isBare = model.parameters.allSatisfy { $0.parameter.placement == .path } && model.operation.security.isEmpty
        "\(isBare ? "let" : "var") request = ClientRequest(method: \(literal(model.operation.method)), path: [\(path(model))])"
        for parameter in model.parameters where parameter.parameter.placement != .path { set(parameter) }
        if let body = model.body {
          "request.setBody(body.json(), mediaType: \(literal(body.mediaType)))"
        }
        security(model.operation)
        "return try \(model.namespace).Output.decode(await client.send(request))"
      }
    }
  }

  private func path(_ model: OperationModel) -> String {
    model.operation.path.segments.map { segment in
      switch segment {
      case .literal(let text): return literal(text)
      case .parameter(let name):
        guard let parameter = model.parameters.first(where: { $0.parameter.name == name }) else { return literal(name) }
        return ParameterText.expression(SwiftName.escaped(parameter.name), parameter.type)
      }
    }.joined(separator: ", ")
  }

  private func set(_ parameter: ParameterModel) -> String {
    let name = SwiftName.escaped(parameter.name)
    let call = parameter.parameter.placement == .query ? "addQuery" : "addHeader"
    let text = ParameterText.expression(name, parameter.type)
    let line = "request.\(call)(\(literal(parameter.parameter.name)), \(text))"
    return parameter.parameter.required ? line : "if let \(name) { \(line) }"
  }

  private func security(_ operation: Operation) -> [Code] {
    var lines: [String] = []
    for (name, _) in operation.security.first?.schemes ?? [] {
      switch document.securitySchemes.first(where: { $0.name == name })?.kind {
      case .http: lines.append("request.isAuthorized = true")
      case .apiKey(_, let field, let hmac?):
        lines.append("request.signature = \(SignatureExpression.of(hmac, field: field))")
      default: break
      }
    }
    return lines.map(Code.line)
  }
}
