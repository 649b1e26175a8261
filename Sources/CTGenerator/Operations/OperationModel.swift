internal import CTSpec

/// One operation, with the Swift names and types of its parts.
struct OperationModel: Sendable {
  /// The namespace of its types, such as `CreateEvent`.
  var namespace: String
  /// The method of the handler protocol, such as `createEvent`.
  var function: String
  var operation: Operation
  var parameters: [ParameterModel]
  var body: BodyModel?
  var responses: [ResponseModel]
  /// The media types that `Accept` chooses from; empty where the operation answers whatever it says.
  var negotiated: [RepresentationModel]
  /// Whether every alternative of its security identifies the caller.
  var identifiesCaller: Bool

  /// Whether the handler has to know what the client accepts.
  var negotiates: Bool { negotiated.count > 1 }
}

extension Operation {
  /// Where it stands in the document.
  var address: SchemaID {
    SchemaID(file: location.file, pointer: "/paths").appending(path.raw).appending(method.lowercased())
  }
}

struct ParameterModel: Sendable {
  var parameter: Parameter
  var name: String
  var type: SwiftType
  var conjunction: Conjunction
  /// The Swift expression of the schema's `default`.
  var defaultValue: String?
  /// What its text consists of.
  var shape: ParameterShape

  /// Whether it is plain text: one value, in a style that adds nothing to it.
  var isPlain: Bool {
    guard case .scalar = shape else { return false }
    return parameter.style != .label && parameter.style != .matrix
  }

  /// `deepObject` has only one way to be written.
  var explode: Bool { parameter.explode || parameter.style == .deepObject }

  /// The names that the parameter has in a query.
  var queryNames: [String] {
    guard case .object(let properties) = shape, explode else { return [parameter.name] }
    return properties.map { parameter.style == .deepObject ? "\(parameter.name)[\($0.jsonName)]" : $0.jsonName }
  }

  /// Whether the value is always there, given or by default.
  var isAlwaysPresent: Bool { parameter.required || defaultValue != nil }
}

/// What a request brings.
struct BodyModel: Sendable {
  /// In the order of the document; where there are several, Swift has an `enum Body` with a case for each.
  var representations: [RepresentationModel]

  /// Whether a handler gets something in its redacted form.
  var isRedacted: Bool { representations.contains(where: \.isRedacted) }

  /// What a client sends.
  func type(in namespace: String) -> String {
    representations.count > 1 ? namespace + ".Body" : representations[0].type
  }

  /// What the handler gets.
  var serverType: String { representations.count > 1 ? "Body" : representations[0].serverType }
}

/// One media type of a body, and what its bytes are in Swift.
struct RepresentationModel: Sendable {
  enum Content: Sendable {
    case json(SwiftType, Conjunction)
    /// UTF-8, checked as a string where there is a schema.
    case text(Conjunction?)
    /// Anything else; where there is a schema, it is a string to it.
    case bytes(Conjunction?)
    /// Written piece by piece as long as the client listens: `text/event-stream`, `application/x-ndjson`,
    /// `application/octet-stream`. Only in responses.
    case stream
  }

  /// The case of `Body`, where there are several.
  var name: String
  var mediaType: String
  var content: Content
  /// Whether a handler gets the redacted form.
  var isRedacted = false

  var type: String {
    switch content {
    case .json(let type, _): type.source
    case .text: "String"
    case .bytes: "[UInt8]"
    case .stream: "ResponseStream"
    }
  }

  var serverType: String { isRedacted ? type + ".Redacted" : type }
}

/// What the text of a parameter or header consists of.
enum ParameterShape: Sendable {
  case scalar
  case array(SwiftType)
  case object([PropertyModel])
}

struct ResponseModel: Sendable {
  struct Header: Sendable {
    var name: String
    var field: String
    var type: SwiftType
    var shape: ParameterShape
    var isRequired: Bool
    var conjunction: Conjunction
    var documentation: String?
  }

  var status: Int
  /// The case of `Output`.
  var caseName: String
  /// The struct with headers and body: shared where the response is a component.
  var typeName: String
  var isShared: Bool
  var documentation: String
  var headers: [Header]
  /// In the order of the document; empty for a response without content.
  var representations: [RepresentationModel]

  /// The name of the struct where it is declared: without the namespace.
  var structName: Substring {
    typeName.utf8.lastIndex(of: UInt8(ascii: ".")).map { typeName[typeName.utf8.index(after: $0)...] } ?? typeName[...]
  }

  /// What the struct has as `body`.
  var bodyType: String? { representations.count > 1 ? "Body" : representations.first?.type }
}

/// The names of statuses, by their reason phrases (IANA's registry of HTTP status codes).
enum StatusName {
  static func of(_ status: Int) -> String { names[status] ?? "status\(status)" }

  private static let names: [Int: String] = [
    200: "ok", 201: "created", 202: "accepted", 204: "noContent", 206: "partialContent", 301: "movedPermanently",
    302: "found", 303: "seeOther", 304: "notModified", 307: "temporaryRedirect", 308: "permanentRedirect",
    400: "badRequest", 401: "unauthorized", 403: "forbidden", 404: "notFound", 405: "methodNotAllowed",
    406: "notAcceptable", 408: "requestTimeout", 409: "conflict", 410: "gone", 411: "lengthRequired",
    412: "preconditionFailed", 413: "contentTooLarge", 414: "uriTooLong", 415: "unsupportedMediaType",
    416: "rangeNotSatisfiable", 417: "expectationFailed", 422: "unprocessableContent", 425: "tooEarly",
    428: "preconditionRequired", 429: "tooManyRequests", 431: "requestHeaderFieldsTooLarge",
    500: "internalServerError", 501: "notImplemented", 502: "badGateway", 503: "serviceUnavailable",
    504: "gatewayTimeout",
  ]
}
