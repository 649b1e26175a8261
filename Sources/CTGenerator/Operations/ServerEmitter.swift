internal import CTSpec

/// Writes the handler protocol and the code that leads each request to its method.
struct ServerEmitter {
  let apiName: String
  let document: OpenAPIDocument
  let operations: [OperationModel]
  let emitter: ValueEmitter

  func declarations() -> [Code] {
    code {
      Code.documentation(
        "What the server has to do itself: one method for each operation. Routes, security, decoding and validation are done before it is called."
      )
      block("public protocol \(apiName): Sendable") {
        for operation in operations {
          Code.documentation(documentation(of: operation.operation))
          "func \(operation.function)(_ input: \(operation.namespace).Input) async throws -> \(operation.namespace).Output"
        }
      }
      Code.blank
      block("extension \(apiName)") {
        Code.documentation("All operations, in the order of the spec, for an `APIHandler`.")
        block("public var operations: [OperationDescriptor]") {
          Code.list("[", operations.map { descriptorName($0) }, "]")
        }
        for operation in operations {
          Code.blank
          descriptor(operation)
        }
      }
    }
  }

  private func documentation(of operation: Operation) -> String {
    [operation.summary.map { $0 + "." }, operation.description].compactMap { $0 }.joined(separator: "\n\n")
  }

  private func descriptorName(_ model: OperationModel) -> String {
    SwiftName.member(model.namespace) + "Descriptor"
  }

  private func descriptor(_ model: OperationModel) -> Code {
    let operation = model.operation
    let mediaTypes = model.body.map { literal($0.mediaType) } ?? ""
    return block("private var \(descriptorName(model)): OperationDescriptor") {
      "OperationDescriptor("
      Code.indented(
        code {
          "id: \(literal(operation.id)), method: \(literal(operation.method)), path: [\(path(operation))],"
          Code.list("security: [", operation.security.map(requirement), "],")
          "mediaTypes: [\(mediaTypes)]"
        })
      Code.closure(")", "context", invocation(model))
    }
  }

  private func path(_ operation: Operation) -> String {
    operation.path.segments.map { segment in
      switch segment {
      case .literal(let text): ".literal(\(literal(text)))"
      case .parameter: ".parameter"
      }
    }.joined(separator: ", ")
  }

  // MARK: Security

  private func requirement(_ requirement: SecurityRequirement) -> String {
    let parts = requirement.schemes.map { name, roles in
      switch document.securitySchemes.first(where: { $0.name == name })?.kind {
      case .apiKey(_, let field, let hmac?):
        "signature: \(SignatureExpression.of(hmac, field: field))"
      default: "bearerRoles: [\(roles.map(literal).joined(separator: ", "))]"
      }
    }
    return ".init(\(parts.sorted().joined(separator: ", ")))"
  }

  // MARK: Invocation

  private func invocation(_ model: OperationModel) -> [Code] {
    var arguments = ["caller: context.\(model.identifiesCaller ? "identifiedCaller" : "caller")"]
    for parameter in model.parameters {
      let fallback = parameter.defaultValue.map { " ?? \($0)" } ?? (parameter.parameter.required ? "!" : "")
      arguments.append("\(SwiftName.escaped(parameter.name)): \(parameter.name)Value\(fallback)")
    }
    if let body = model.body {
      arguments +=
        body.isRedacted
        ? [
          "body: redacted.body", "redactions: redacted.redactions", "bodyDigest: context.bodyDigest",
          "sealedBody: context.sealedBody",
        ]
        : ["body: try context.body(\(body.serverType).self)"]
    }
    let queries = model.parameters.filter { $0.parameter.placement == .query }.map { literal($0.parameter.name) }
    return code {
      let keyword = model.parameters.isEmpty ? "let" : "var"
      Code.list("\(keyword) parameters = ParameterReader(context, declared: [", queries, "])")
      for parameter in model.parameters { read(parameter, model) }
      "try parameters.finish()"
      if let body = model.body, body.isRedacted {
        "let redacted = try context.redactedBody(\(body.serverType).self)"
      }
      Code.list("let input = \(model.namespace).Input(", arguments, ")")
      "return try await \(model.function)(input).response(for: context.audience)"
    }
  }

  private func read(_ parameter: ParameterModel, _ model: OperationModel) -> Code {
    let form = ParameterText.form(parameter.type)
    let name = literal(parameter.parameter.name)
    let place =
      switch parameter.parameter.placement {
      case .path:
        "path(\(name), \(model.operation.path.parameterNames.firstIndex(of: parameter.parameter.name) ?? 0), .\(form))"
      case .query: "query(\(name), .\(form), isRequired: \(parameter.parameter.required))"
      case .header, .cookie: "header(\(name), .\(form), isRequired: \(parameter.parameter.required))"
      }
    return closure("let \(parameter.name)Value = parameters.\(place)", "json, context -> \(parameter.type.source)?") {
      "var value: \(parameter.type.source)?"
      emitter.read(parameter.conjunction, .init(variable: "value", type: parameter.type, member: "nil"))
      "return value"
    }
  }
}

/// The expression for a scheme with `x-ct-hmac`.
enum SignatureExpression {
  static func of(_ rule: HMACRule, field: String) -> String {
    "SignatureRule(field: \(literal(field)), prefix: \(literal(rule.prefix)), algorithm: .\(rule.algorithm.rawValue))"
  }
}
