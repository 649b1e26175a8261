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
          "func \(SwiftName.escaped(operation.function))(_ input: \(operation.namespace).Input) async throws -> \(operation.namespace).Output"
        }
      }
      Code.blank
      block("extension \(apiName)") {
        Code.documentation("All operations, in the order of the spec, for an `APIHandler`.")
        block("public var operations: [OperationDescriptor]") {
          Code.list("[", operations.map { descriptorName($0) }, "]")
        }
      }
    }
  }

  /// What the server needs to know of one operation.
  func descriptor(of model: OperationModel) -> [Code] {
    code {
      block("extension \(apiName)") { descriptor(model) }
      Code.blank
      block("extension \(model.namespace).Input") { initializer(model) }
      Code.blank
    }
  }

  private func documentation(of operation: Operation) -> String {
    [operation.summary.map { $0 + "." }, operation.description].compactMap { $0 }.joined(separator: "\n\n")
  }

  private func descriptorName(_ model: OperationModel) -> String {
    model.function + "Descriptor"
  }

  private func descriptor(_ model: OperationModel) -> Code {
    let operation = model.operation
    let mediaTypes = model.body?.representations.map { literal($0.mediaType) } ?? []
    let representations = model.negotiated.map { literal($0.mediaType) }
    return block("var \(descriptorName(model)): OperationDescriptor") {
      "var descriptor = OperationDescriptor("
      Code.indented(
        code {
          "id: \(literal(operation.id)), method: \(literal(operation.method)), path: [\(path(operation))],"
          Code.list("security: [", operation.security.map(requirement), "],")
          Code.list("mediaTypes: [", mediaTypes, representations.isEmpty ? "]" : "],")
          if !representations.isEmpty { Code.list("representations: [", representations, "]") }
        })
      Code.closure(
        ")", "context",
        code {
          "let input = try \(model.namespace).Input(context)"
          "return try await self.\(SwiftName.escaped(model.function))(input).response(for: context.audience)"
        })
      "#if DEBUG"
      Code.indented([contract(model)])
      "#endif"
      "return descriptor"
    }
  }

  /// Debug builds read what they answer as a client does.
  private func contract(_ model: OperationModel) -> Code {
    let clause = literal(emitter.paths.name(of: model.operation.address))
    return closure("descriptor.contract = ResponseContract(\(clause))", "response") {
      "_ = try \(model.namespace).Output.decode(response)"
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
      switch document.securityScheme(name)?.kind {
      case .apiKey(_, let field, let hmac?):
        "signature: \(SignatureExpression.of(hmac, field: field))"
      default: "bearerRoles: [\(roles.map(literal).joined(separator: ", "))]"
      }
    }
    return ".init(\(parts.sorted().joined(separator: ", ")))"
  }

  // MARK: Input

  /// Reads what the handler gets. Never inlined: what it needs for that would stay in the memory of the task that waits for
  /// the handler.
  private func initializer(_ model: OperationModel) -> [Code] {
    code {
      "/// Decodes and checks a request."
      "@inline(never)"
      block("init(_ context: RequestContext) throws") { statements(model) }
    }
  }

  private func statements(_ model: OperationModel) -> [Code] {
    var arguments = ["caller: context.\(model.identifiesCaller ? "identifiedCaller" : "caller")"]
    for parameter in model.parameters {
      let fallback = parameter.defaultValue.map { " ?? \($0)" } ?? (parameter.parameter.required ? "!" : "")
      arguments.append("\(SwiftName.escaped(parameter.name)): \(parameter.name)Value\(fallback)")
    }
    if model.negotiates {
      arguments.append("responseMediaType: \(model.namespace).ResponseMediaType.allCases[context.representation]")
    }
    if let body = model.body {
      arguments.append("body: body")
      if body.isRedacted {
        arguments += ["redactions: redactions", "bodyDigest: context.bodyDigest", "sealedBody: context.sealedBody"]
      }
    }
    let queries = model.parameters.filter { $0.parameter.placement == .query }.flatMap(\.queryNames).map(literal)
    return code {
      let keyword = model.parameters.isEmpty ? "let" : "var"
      Code.list("\(keyword) parameters = ParameterReader(context, declared: [", queries, "])")
      for parameter in model.parameters { read(parameter, model) }
      "try parameters.finish()"
      if let body = model.body { self.body(body, model) }
      Code.list("self.init(", arguments, ")")
    }
  }

  private func body(_ body: BodyModel, _ model: OperationModel) -> [Code] {
    guard body.representations.count > 1 else {
      let item = body.representations[0]
      guard item.isRedacted else { return [read(item, as: "body")] }
      return [.line("let (body, redactions) = try context.redactedBody(\(item.serverType).self)")]
    }
    return code {
      "let body: \(model.namespace).\(body.isRedacted ? "Input." : "")Body"
      if body.isRedacted { "var redactions: [RedactionNote] = []" }
      "switch context.mediaType {"
      for (place, item) in body.representations.enumerated() {
        label(place + 1 < body.representations.count ? "case \(place)" : "default") {
          if item.isRedacted {
            "let (content, notes) = try context.redactedBody(\(item.serverType).self)"
            "redactions = notes"
          } else {
            read(item, as: "content")
          }
          "body = .\(SwiftName.escaped(item.name))(content)"
        }
      }
      "}"
    }
  }

  private func read(_ item: RepresentationModel, as name: String) -> Code {
    switch item.content {
    case .json(.named(let type), _) where emitter.models.stringEnum(type) == nil:
      return .line("let \(name) = try context.body(\(item.serverType).self)")
    case .json(let type, let conjunction):
      return emitter.decoding("let \(name): \(type.source) = try context.body", type, conjunction)
    case .text(let conjunction?): return emitter.decoding("let \(name) = try context.text", .string, conjunction)
    case .text(nil): return .line("let \(name) = try context.text()")
    case .bytes(let conjunction?):
      return .group([
        emitter.decoding("_ = try context.text", .string, conjunction), .line("let \(name) = context.bytes"),
      ])
    case .bytes(nil), .stream: return .line("let \(name) = context.bytes")
    }
  }

  private func read(_ parameter: ParameterModel, _ model: OperationModel) -> Code {
    let form = ParameterText.form(parameter)
    let name = literal(parameter.parameter.name)
    let place =
      switch parameter.parameter.placement {
      case .path:
        "path(\(name), \(model.operation.path.parameterNames.firstIndex(of: parameter.parameter.name) ?? 0), \(form))"
      case .query: "query(\(name), \(form), isRequired: \(parameter.parameter.required))"
      case .header, .cookie: "header(\(name), \(form), isRequired: \(parameter.parameter.required))"
      }
    return emitter.decoding("let \(parameter.name)Value = parameters.\(place)", parameter.type, parameter.conjunction)
  }
}

/// The expression for a scheme with `x-ct-hmac`.
enum SignatureExpression {
  static func of(_ rule: HMACRule, field: String) -> String {
    "SignatureRule(field: \(literal(field)), prefix: \(literal(rule.prefix)), algorithm: .\(rule.algorithm.rawValue))"
  }
}
