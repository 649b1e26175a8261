internal import CTSpec

/// Gives the operations of a document their Swift names and types, and refuses what cannot be generated.
struct OperationBuilder {
  let document: OpenAPIDocument
  var models: ModelBuilder
  var diagnostics = Diagnostics()
  private(set) var operations: [OperationModel] = []
  /// The structs of `components/responses`, once each.
  private(set) var sharedResponses: [ResponseModel] = []
  private var takenNamespaces: Set<String> = []

  init(document: OpenAPIDocument, models: ModelBuilder) {
    self.document = document
    self.models = models
  }

  mutating func build() {
    for operation in document.operations {
      let namespace = SwiftName.unique(SwiftName.type(operation.id), among: &takenNamespaces)
      let model = OperationModel(
        namespace: namespace, function: SwiftName.escaped(SwiftName.member(operation.id)), operation: operation,
        parameters: parameters(of: operation, namespace), body: body(of: operation, namespace),
        responses: operation.responses.compactMap { response($0, namespace) },
        identifiesCaller: identifiesCaller(operation))
      operations.append(model)
    }
  }

  private func identifiesCaller(_ operation: Operation) -> Bool {
    !operation.security.isEmpty
      && operation.security.allSatisfy { requirement in
        requirement.schemes.contains { name, _ in
          if case .http = document.securitySchemes.first(where: { $0.name == name })?.kind { true } else { false }
        }
      }
  }

  private func conjunction(_ id: SchemaID) -> Conjunction { Conjunction([id], in: document.index) }

  // MARK: Requests

  private mutating func parameters(of operation: Operation, _ namespace: String) -> [ParameterModel] {
    var taken: Set<String> = ["caller", "body"]
    var list: [ParameterModel] = []
    for parameter in operation.parameters {
      let name = SwiftName.unique(SwiftName.member(parameter.name), among: &taken)
      let conjunction = conjunction(parameter.schema)
      let type = models.type(
        of: conjunction, origin: parameter.schema, offering: namespace + SwiftName.type(parameter.name))
      switch type {
      case .raw, .array, .nullable:
        diagnostics.error(
          "unsupported-parameter", at: parameter.location,
          "the parameter '\(parameter.name)' has to be a string, number, integer or boolean")
      default: break
      }
      if parameter.placement == .cookie {
        diagnostics.error("unsupported-parameter", at: parameter.location, "cookies are not read: use a header")
      }
      let value = conjunction.defaultValue ?? document.index[parameter.schema].defaultValue
      list.append(
        ParameterModel(
          parameter: parameter, name: name, type: type, conjunction: conjunction,
          defaultValue: value.flatMap { models.defaultExpression($0, type) }))
    }
    return list
  }

  private mutating func body(of operation: Operation, _ namespace: String) -> BodyModel? {
    guard let body = operation.requestBody else { return nil }
    guard body.content.count == 1, let media = body.content.first, media.name == "application/json",
      let schema = media.schema
    else {
      diagnostics.error(
        "unsupported-media-type", at: body.location, "a request body has to be application/json with a schema, only")
      return nil
    }
    if !body.required {
      diagnostics.error("optional-body", at: body.location, "a request body has to be required: write `required: true`")
    }
    let conjunction = conjunction(schema)
    let type = models.type(of: conjunction, origin: schema, offering: namespace + "Body")
    let isRedacted = models.models.unions.contains { $0.isRedacted && .named($0.name) == type }
    return BodyModel(
      mediaType: media.name, type: type, serverType: type.source + (isRedacted ? ".Redacted" : ""),
      isRedacted: isRedacted, conjunction: conjunction)
  }

  // MARK: Responses

  private mutating func response(_ response: Response, _ namespace: String) -> ResponseModel? {
    guard case .code(let status) = response.status else {
      diagnostics.error(
        "unsupported-response", at: response.location, "a response has to be of one status: write the number")
      return nil
    }
    let caseName = StatusName.of(status)
    if let component = response.componentName {
      let typeName = SwiftName.type(component) + "Response"
      if let known = sharedResponses.first(where: { $0.typeName == typeName && $0.status == status }) { return known }
      let model = self.response(response, status, caseName, typeName, isShared: true)
      sharedResponses.append(model)
      return model
    }
    let name = SwiftName.type(caseName == "ok" ? "OK" : caseName)
    return self.response(response, status, caseName, "\(namespace).\(name)", isShared: false)
  }

  private mutating func response(
    _ response: Response, _ status: Int, _ caseName: String, _ typeName: String, isShared: Bool
  ) -> ResponseModel {
    let offered = typeName.filter { $0 != "." }
    var taken: Set<String> = ["body"]
    var headers: [ResponseModel.Header] = []
    for header in response.headers {
      let name = SwiftName.unique(SwiftName.member(header.name), among: &taken)
      let conjunction = conjunction(header.schema)
      let type = models.type(of: conjunction, origin: header.schema, offering: offered + SwiftName.type(header.name))
      headers.append(
        .init(
          name: name, field: header.name, type: type, isRequired: header.required, conjunction: conjunction,
          documentation: header.description))
    }
    return ResponseModel(
      status: status, caseName: caseName, typeName: typeName, isShared: isShared, documentation: response.description,
      headers: headers, content: content(of: response, offering: offered + "Body"))
  }

  /// What is written piece by piece: server-sent events, and JSON a line.
  private static let streamed: Set = ["text/event-stream", "application/x-ndjson", "application/octet-stream"]

  private mutating func content(of response: Response, offering name: String) -> ResponseModel.Content {
    guard let media = response.content.first else { return .none }
    if response.content.count > 1 {
      diagnostics.error(
        "unsupported-media-type", at: response.content[1].location, "a response has to have one media type, only")
    }
    guard media.name == "application/json" || media.name.hasSuffix("+json"), let schema = media.schema else {
      return Self.streamed.contains(media.name) ? .stream(mediaType: media.name) : .bytes(mediaType: media.name)
    }
    let conjunction = conjunction(schema)
    let origin = conjunction.schemas.first?.id ?? schema
    return .json(
      mediaType: media.name, models.type(of: conjunction, origin: origin, offering: name), conjunction)
  }
}
