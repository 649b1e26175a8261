/// A request to send.
public struct HTTPClientRequest: Sendable {
  public var method: HTTPMethod
  public var url: URLParts
  /// `Host`, and `Content-Length` when there is a body, are added unless they are here.
  public var fields: HTTPFields
  /// Nil sends no body and no `Content-Length`.
  public var body: [UInt8]?

  public init(_ method: HTTPMethod, _ url: URLParts, fields: HTTPFields = [:], body: [UInt8]? = nil) {
    self.method = method
    self.url = url
    self.fields = fields
    self.body = body
  }

  /// The request as it goes onto the wire.
  var wire: [UInt8] {
    var wire = Array("\(method.name) \(url.target) HTTP/1.1\r\n".utf8)
    if fields.value(of: "host") == nil { wire += Array("Host: \(url.origin.authority)\r\n".utf8) }
    wire += fields.wire
    let isFramed = fields.value(of: "content-length") != nil || fields.value(of: "transfer-encoding") != nil
    if let body, !isFramed { wire += Array("Content-Length: \(body.count)\r\n".utf8) }
    wire.append("\r\n")
    return wire + (body ?? [])
  }
}

/// A complete response.
public struct HTTPClientResponse: Sendable {
  public let status: HTTPStatus
  public let fields: HTTPFields
  /// The content, without its transfer coding.
  public let body: [UInt8]
  /// The head exactly as it came, from the status line to the empty line. Informational responses are not in it.
  public let head: [UInt8]
}

/// A response whose body is still coming.
public struct HTTPClientStream: Sendable {
  public let status: HTTPStatus
  public let fields: HTTPFields
  public let head: [UInt8]
  /// The content in the pieces it arrives in. It can be iterated once; leaving the loop closes the connection.
  public let body: HTTPClientBody
}

/// What ``HTTPClient/sendRaw(_:to:until:isHead:timeout:)`` saw.
public struct HTTPRawExchange: Sendable {
  /// Why reading ended.
  public enum Ending: Sendable, Hashable {
    /// The responses asked for have come.
    case complete
    /// The server closed the connection.
    case closed
    /// The server reset the connection.
    case reset
    /// Neither happened in time.
    case timedOut
    /// What came is not HTTP/1.1; the octets are in ``HTTPRawExchange/received``.
    case notHTTP(HTTPFault)
  }

  /// All octets that came, as they came.
  public let received: [UInt8]
  /// The complete responses in them.
  public let responses: [HTTPClientResponse]
  public let ending: Ending
}

/// When ``HTTPClient/sendRaw(_:to:until:isHead:timeout:)`` stops reading.
public enum HTTPRawGoal: Sendable, Hashable {
  /// The server closes.
  case close
  /// So many final responses are complete, or the server closes.
  case responses(Int)
}

/// Why a client has no response.
public enum HTTPClientError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What was waited for when the time was up.
  public enum Step: String, Sendable, Hashable {
    case connect
    case handshake
    case send
    case response
  }

  /// The name was not found; with the resolver's words.
  case resolve(host: String, reason: String)
  /// The client's ``OutboundPolicy`` does not allow it.
  case refused(OutboundRefusal)
  /// No address of the host could be connected to; with the last one's error.
  case connect(origin: HTTPOrigin, SystemError)
  /// The handshake failed or the certificate was not accepted; with OpenSSL's words.
  case tls(origin: HTTPOrigin, reason: String)
  case timeout(Step)
  /// The connection failed while it was in use.
  case transport(SystemError)
  /// The server closed before its response was complete.
  case closedEarly
  /// The response is not HTTP/1.1, or is larger than is taken.
  case notHTTP(HTTPFault)
  case cancelled

  public var description: String {
    switch self {
    case .resolve(let host, let reason): "cannot resolve \(host): \(reason)"
    case .refused(let refusal): refusal.description
    case .connect(let origin, let error): "cannot connect to \(origin): \(error)"
    case .tls(let origin, let reason): "no TLS with \(origin): \(reason)"
    case .timeout(let step): "timed out: \(step.rawValue)"
    case .transport(let error): "the connection failed: \(error)"
    case .closedEarly: "the server closed the connection before its response was complete"
    case .notHTTP(let fault): "the response is not acceptable: \(fault.detail)"
    case .cancelled: "cancelled"
    }
  }
}
