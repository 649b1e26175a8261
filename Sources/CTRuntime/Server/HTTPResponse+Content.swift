public import CTHTTP

/// What generated code answers with; it knows no more of HTTP than this file offers.
public typealias ServerResponse = HTTPResponse

/// The header fields that an operation declares for a response.
public struct ResponseFields: Sendable {
  var fields: HTTPFields = [:]

  public init() {}

  /// - Parameters:
  ///   - name: a field name of the spec.
  ///   - value: its value; what may not stand in a field is sent as `?`.
  public mutating func append(_ name: StaticString, _ value: String) {
    fields.append(HTTPFieldName(stringLiteral: name), HTTPFieldValue(lossy: value))
  }
}

extension HTTPResponse {
  /// A response of a declared status and media type.
  public static func content(
    _ status: Int, _ mediaType: StaticString, _ body: [UInt8], _ fields: ResponseFields = ResponseFields()
  ) -> HTTPResponse {
    var all = HTTPFields()
    all.append(literal: "Content-Type", mediaType)
    if !fields.fields.isEmpty { all.append(contentsOf: fields.fields) }
    return HTTPResponse(status: HTTPStatus(status), fields: all, body: .bytes(body))
  }

  /// A response without content.
  public static func empty(_ status: Int, _ fields: ResponseFields = ResponseFields()) -> HTTPResponse {
    HTTPResponse(status: HTTPStatus(status), fields: fields.fields)
  }
}
