internal import CTSpec

/// One operation, with the Swift names and types of its parts.
struct OperationModel {
  /// The namespace of its types, such as `CreateEvent`.
  var namespace: String
  /// The method of the handler protocol, such as `createEvent`.
  var function: String
  var operation: Operation
  var parameters: [ParameterModel]
  var body: BodyModel?
  var responses: [ResponseModel]
  /// Whether every alternative of its security identifies the caller.
  var identifiesCaller: Bool
}

struct ParameterModel {
  var parameter: Parameter
  var name: String
  var type: SwiftType
  var conjunction: Conjunction
  /// The Swift expression of the schema's `default`.
  var defaultValue: String?

  /// Whether the value is always there, given or by default.
  var isAlwaysPresent: Bool { parameter.required || defaultValue != nil }
}

struct BodyModel {
  var mediaType: String
  /// What a client sends.
  var type: SwiftType
  /// What the handler gets.
  var serverType: String
  /// Whether that is the redacted form.
  var isRedacted: Bool
  var conjunction: Conjunction
}

struct ResponseModel {
  enum Content {
    case none
    case json(mediaType: String, SwiftType, Conjunction)
    case bytes(mediaType: String)
    /// Written piece by piece as long as the client listens: `text/event-stream`, `application/x-ndjson`,
    /// `application/octet-stream`.
    case stream(mediaType: String)
  }

  struct Header {
    var name: String
    var field: String
    var type: SwiftType
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
  var content: Content
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
