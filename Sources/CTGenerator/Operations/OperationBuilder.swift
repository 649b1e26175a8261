internal import CTSpec

/// Gives the operations of a document their Swift names and types, and refuses what cannot be generated.
struct OperationBuilder: Sendable {
  let document: OpenAPIDocument
  var models: ModelBuilder
  var diagnostics = Diagnostics()
  private(set) var operations: [OperationModel] = []
  /// The structs of `components/responses`, once each.
  private(set) var sharedResponses: [ResponseModel] = []
  private var shared: [SharedResponse: Int] = [:]
  private var sharedComponents: Set<String> = []
  private var functions = TakenNames()

  private struct SharedResponse: Hashable, Sendable {
    var component: String
    var status: Int
  }

  init(document: OpenAPIDocument, models: ModelBuilder) {
    self.document = document
    self.models = models
  }

  mutating func build() {
    for operation in document.operations {
      let namespace = models.uniqueName(SwiftName.type(operation.id), kind: "Operation")
      let function = functions.unique(SwiftName.member(operation.id, avoiding: ReservedNames.operations))
      let parameters = parameters(of: operation, namespace)
      let body = body(of: operation, namespace)
      let responses = operation.responses.compactMap { response($0, namespace) }
      let model = OperationModel(
        namespace: namespace, function: function, operation: operation,
        parameters: parameters, body: body, responses: responses, negotiated: negotiated(operation, responses),
        identifiesCaller: identifiesCaller(operation))
      operations.append(model)
    }
  }

  private func identifiesCaller(_ operation: Operation) -> Bool {
    !operation.security.isEmpty
      && operation.security.allSatisfy { requirement in
        requirement.schemes.contains { name, _ in
          if case .http = document.securityScheme(name)?.kind { true } else { false }
        }
      }
  }

  private func conjunction(_ id: SchemaID) -> Conjunction { Conjunction([id], in: document.index) }

  // MARK: Requests

  private mutating func parameters(of operation: Operation, _ namespace: String) -> [ParameterModel] {
    var taken = TakenNames()
    var list: [ParameterModel] = []
    for parameter in operation.parameters {
      let name = taken.unique(SwiftName.member(parameter.name, avoiding: ReservedNames.parameters))
      let conjunction = conjunction(parameter.schema)
      let type = models.type(
        of: conjunction, origin: parameter.schema, offering: namespace + SwiftName.type(parameter.name))
      let shape = shape(of: type, parameter)
      if parameter.placement == .cookie {
        diagnostics.error("unsupported-parameter", at: parameter.location, "cookies are not read: use a header")
      }
      let value = conjunction.defaultValue ?? document.index[parameter.schema].defaultValue
      list.append(
        ParameterModel(
          parameter: parameter, name: name, type: type, conjunction: conjunction,
          defaultValue: value.flatMap { models.defaultExpression($0, type) }, shape: shape))
    }
    refuseClashes(list)
    return list
  }

  private mutating func body(of operation: Operation, _ namespace: String) -> BodyModel? {
    guard let body = operation.requestBody else { return nil }
    if !body.required {
      diagnostics.error("optional-body", at: body.location, "a request body has to be required: write `required: true`")
    }
    var representations = representations(of: body.content, offering: namespace + "Body", streams: false)
    for place in representations.indices { representations[place] = redacted(representations[place]) }
    return representations.isEmpty ? nil : BodyModel(representations: representations)
  }

  /// Marks the representation of which handlers get the redacted form.
  private mutating func redacted(_ representation: RepresentationModel) -> RepresentationModel {
    var representation = representation
    guard case .json(let type, let conjunction) = representation.content else { return representation }
    representation.isRedacted = models.models.isRedacted(type)
    if !representation.isRedacted, let mark = models.redactionMark(in: conjunction.roots) {
      diagnostics.error(
        "unsupported-redaction", at: mark,
        "'x-ct-redact' is enforced in a body that is a 'oneOf' with a discriminator, and this one is not")
    }
    return representation
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
      let key = SharedResponse(component: component, status: status)
      if let known = shared[key] { return sharedResponses[known] }
      // One component may be the answer of several statuses; each is a type of its own then.
      let isFirst = sharedComponents.insert(component).inserted
      let name = SwiftName.type(component) + (isFirst ? "" : SwiftName.type(caseName)) + "Response"
      let model = self.response(response, status, caseName, models.uniqueName(name, kind: "Struct"), isShared: true)
      shared[key] = sharedResponses.count
      sharedResponses.append(model)
      return model
    }
    let name = models.nestedName(SwiftName.type(caseName == "ok" ? "OK" : caseName))
    return self.response(response, status, caseName, "\(namespace).\(name)", isShared: false)
  }

  private mutating func response(
    _ response: Response, _ status: Int, _ caseName: String, _ typeName: String, isShared: Bool
  ) -> ResponseModel {
    let offered = typeName.filter { $0 != "." }
    var taken = TakenNames()
    var headers: [ResponseModel.Header] = []
    for header in response.headers {
      let name = taken.unique(SwiftName.member(header.name, avoiding: ReservedNames.headers))
      let conjunction = conjunction(header.schema)
      let type = models.type(of: conjunction, origin: header.schema, offering: offered + SwiftName.type(header.name))
      headers.append(
        .init(
          name: name, field: header.name, type: type, shape: shape(ofHeader: type, header), isRequired: header.required,
          conjunction: conjunction,
          documentation: header.description))
    }
    return ResponseModel(
      status: status, caseName: caseName, typeName: typeName, isShared: isShared, documentation: response.description,
      headers: headers,
      representations: representations(of: response.content, offering: offered + "Body", streams: true))
  }

  /// What `Accept` chooses from: the media types of all successful responses, if the operation documents a 406.
  private mutating func negotiated(_ operation: Operation, _ responses: [ResponseModel]) -> [RepresentationModel] {
    var taken = TakenNames()
    var found: [RepresentationModel] = []
    for representation in responses.filter({ 200..<300 ~= $0.status }).flatMap(\.representations)
    where !found.contains(where: { $0.mediaType == representation.mediaType }) {
      var representation = representation
      representation.name = taken.unique(representation.name)
      found.append(representation)
    }
    if responses.contains(where: { $0.status == 406 }) { return found }
    if found.count > 1 {
      diagnostics.error(
        "undocumented-status", at: operation.location,
        "an operation that answers in several media types has to document 406, for a client that takes none of them")
    }
    return []
  }
}
