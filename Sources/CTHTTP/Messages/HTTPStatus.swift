/// A response status (RFC 9110, section 15). Two statuses are equal when their codes are.
public struct HTTPStatus: Hashable, Sendable, CustomStringConvertible, ExpressibleByIntegerLiteral {
  /// Three digits, 100 to 999.
  public let code: Int
  /// The reason phrase: printable ASCII, of no meaning to a client.
  public let reason: String

  /// With the registered reason phrase, or none when the code is not registered.
  ///
  /// - Precondition: `code` has three digits.
  public init(_ code: Int) {
    precondition((100...999).contains(code), "an HTTP status has three digits")
    self.code = code
    self.reason = Self.registered[code] ?? ""
  }

  /// For what a peer sent: the parser has checked both.
  init(code: Int, reason: String) {
    self.code = code
    self.reason = reason
  }

  public init(integerLiteral code: Int) { self.init(code) }

  public var description: String { reason.isEmpty ? "\(code)" : "\(code) \(reason)" }

  /// 1xx (RFC 9110, section 15.2).
  public var isInformational: Bool { code < 200 }
  /// 2xx (RFC 9110, section 15.3).
  public var isSuccess: Bool { (200..<300).contains(code) }

  /// Whether a response with this status never has a body (RFC 9112, section 6.3).
  var forbidsBody: Bool { isInformational || code == 204 || code == 304 }

  public static func == (left: Self, right: Self) -> Bool { left.code == right.code }
  public func hash(into hasher: inout Hasher) { hasher.combine(code) }
}

extension HTTPStatus {
  public static let ok = HTTPStatus(200)
  public static let created = HTTPStatus(201)
  public static let accepted = HTTPStatus(202)
  public static let noContent = HTTPStatus(204)
  public static let notModified = HTTPStatus(304)
  public static let badRequest = HTTPStatus(400)
  public static let unauthorized = HTTPStatus(401)
  public static let forbidden = HTTPStatus(403)
  public static let notFound = HTTPStatus(404)
  public static let methodNotAllowed = HTTPStatus(405)
  public static let notAcceptable = HTTPStatus(406)
  public static let requestTimeout = HTTPStatus(408)
  public static let conflict = HTTPStatus(409)
  public static let gone = HTTPStatus(410)
  public static let lengthRequired = HTTPStatus(411)
  public static let contentTooLarge = HTTPStatus(413)
  public static let uriTooLong = HTTPStatus(414)
  public static let unsupportedMediaType = HTTPStatus(415)
  public static let rangeNotSatisfiable = HTTPStatus(416)
  public static let expectationFailed = HTTPStatus(417)
  public static let unprocessableContent = HTTPStatus(422)
  public static let tooManyRequests = HTTPStatus(429)
  public static let requestHeaderFieldsTooLarge = HTTPStatus(431)
  public static let internalServerError = HTTPStatus(500)
  public static let notImplemented = HTTPStatus(501)
  public static let serviceUnavailable = HTTPStatus(503)
  public static let httpVersionNotSupported = HTTPStatus(505)

  /// The IANA registry of status codes (RFC 9110, RFC 6585).
  private static let registered: [Int: String] = [
    100: "Continue", 101: "Switching Protocols", 102: "Processing", 103: "Early Hints",
    200: "OK", 201: "Created", 202: "Accepted", 203: "Non-Authoritative Information", 204: "No Content",
    205: "Reset Content", 206: "Partial Content",
    300: "Multiple Choices", 301: "Moved Permanently", 302: "Found", 303: "See Other", 304: "Not Modified",
    307: "Temporary Redirect", 308: "Permanent Redirect",
    400: "Bad Request", 401: "Unauthorized", 402: "Payment Required", 403: "Forbidden", 404: "Not Found",
    405: "Method Not Allowed", 406: "Not Acceptable", 407: "Proxy Authentication Required", 408: "Request Timeout",
    409: "Conflict", 410: "Gone", 411: "Length Required", 412: "Precondition Failed", 413: "Content Too Large",
    414: "URI Too Long", 415: "Unsupported Media Type", 416: "Range Not Satisfiable", 417: "Expectation Failed",
    421: "Misdirected Request", 422: "Unprocessable Content", 423: "Locked", 424: "Failed Dependency",
    425: "Too Early", 426: "Upgrade Required", 428: "Precondition Required", 429: "Too Many Requests",
    431: "Request Header Fields Too Large", 451: "Unavailable For Legal Reasons",
    500: "Internal Server Error", 501: "Not Implemented", 502: "Bad Gateway", 503: "Service Unavailable",
    504: "Gateway Timeout", 505: "HTTP Version Not Supported", 507: "Insufficient Storage",
    511: "Network Authentication Required",
  ]
}
