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
      }
    }
  }

  /// The client's method for one operation.
  func method(of model: OperationModel) -> [Code] {
    code {
      block("extension \(name)") { method(model) }
      Code.blank
    }
  }

  private func method(_ model: OperationModel) -> [Code] {
    var parameters = model.parameters.map { parameter in
      let isRequired = parameter.parameter.required
      return "\(SwiftName.escaped(parameter.name)): \(parameter.type.source)\(isRequired ? "" : "? = nil")"
    }
    if let body = model.body { parameters.insert("body: \(body.type(in: model.namespace))", at: 0) }
    if model.negotiates {
      let type = "\(model.namespace).ResponseMediaType"
      parameters.append("accepting: [\(type)] = \(type).allCases")
    }
    let header = "public func \(SwiftName.escaped(model.function))(\(parameters.joined(separator: ", ")))"
    return code {
      Code.documentation(model.operation.summary.map { $0 + "." } ?? model.operation.id)
      block("\(header) async throws -> \(model.namespace).Output") {
        let isBare =
          model.parameters.allSatisfy { $0.parameter.placement == .path } && model.operation.security.isEmpty
          && model.body == nil && model.negotiated.isEmpty
        "\(isBare ? "let" : "var") request = ClientRequest(method: \(literal(model.operation.method)), \(path(model)))"
        for parameter in model.parameters where parameter.parameter.placement != .path { set(parameter) }
        if let body = model.body { set(body) }
        if model.negotiates {
          "request.accept(accepting.map(\\.rawValue))"
        } else if !model.negotiated.isEmpty {
          Code.list("request.accept([", model.negotiated.map { literal($0.mediaType) }, "])")
        }
        security(model.operation)
        "return try \(model.namespace).Output.decode(await self.client.send(request))"
      }
    }
  }

  private func path(_ model: OperationModel) -> String {
    let inPath = model.parameters.filter { $0.parameter.placement == .path }
    let isPlain = inPath.allSatisfy(\.isPlain)
    let segments = model.operation.path.segments.map { segment in
      switch segment {
      case .literal(let text): return literal(isPlain ? text : PercentEncoding.encoded(text))
      case .parameter(let name):
        guard let parameter = inPath.first(where: { $0.parameter.name == name }) else { return literal(name) }
        return self.segment(parameter, isPlain: isPlain)
      }
    }
    return "\(isPlain ? "path" : "encodedPath"): [\(segments.joined(separator: ", "))]"
  }

  private func segment(_ parameter: ParameterModel, isPlain: Bool) -> String {
    let name = SwiftName.escaped(parameter.name)
    if isPlain { return ParameterText.expression(name, parameter.type) }
    return "ParameterCoding.Style.\(parameter.parameter.style.rawValue).segment(\(literal(parameter.parameter.name)), "
      + "\(ParameterText.value(name, parameter)), explode: \(parameter.explode))"
  }

  private func set(_ parameter: ParameterModel) -> String {
    let name = SwiftName.escaped(parameter.name)
    let call = parameter.parameter.placement == .query ? "addQuery" : "addHeader"
    var arguments = literal(parameter.parameter.name)
    if parameter.isPlain {
      arguments += ", \(ParameterText.expression(name, parameter.type))"
    } else {
      arguments += ", \(ParameterText.value(name, parameter))"
      if parameter.parameter.placement == .query { arguments += ", .\(parameter.parameter.style.rawValue)" }
      arguments += ", explode: \(parameter.explode)"
    }
    let line = "request.\(call)(\(arguments))"
    return parameter.parameter.required ? line : "if let \(name) { \(line) }"
  }

  private func set(_ body: BodyModel) -> [Code] {
    guard body.representations.count > 1 else { return [.line(set(body.representations[0]))] }
    return code {
      "switch body {"
      for item in body.representations { "case .\(SwiftName.escaped(item.name))(let body): \(set(item))" }
      "}"
    }
  }

  private func set(_ item: RepresentationModel) -> String {
    let bytes =
      switch item.content {
      case .json: "body.json(for: .server)"
      case .text: "Array(body.utf8)"
      case .bytes, .stream: "body"
      }
    return "request.setBody(\(bytes), mediaType: \(literal(item.mediaType)))"
  }

  private func security(_ operation: Operation) -> [Code] {
    var lines: [String] = []
    for (name, _) in operation.security.first?.schemes ?? [] {
      switch document.securityScheme(name)?.kind {
      case .http: lines.append("request.isAuthorized = true")
      case .apiKey(_, let field, let hmac?):
        lines.append("request.signature = \(SignatureExpression.of(hmac, field: field))")
      default: break
      }
    }
    return lines.map(Code.line)
  }
}

/// Percent-encoding of what is known when the code is written.
private enum PercentEncoding {
  static func encoded(_ text: String) -> String {
    text.utf8.map { byte in
      let isUnreserved =
        Character(Unicode.Scalar(byte)).isASCII && (48...57 ~= byte || 65...90 ~= byte || 97...122 ~= byte)
      if isUnreserved || "-._~".utf8.contains(byte) { return String(Unicode.Scalar(byte)) }
      let digits = String(byte, radix: 16, uppercase: true)
      return "%" + (digits.count < 2 ? "0" + digits : digits)
    }.joined()
  }
}
