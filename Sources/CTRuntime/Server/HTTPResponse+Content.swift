public import CTHTTP

extension HTTPResponse {
  /// A response of a declared status and media type.
  public static func content(
    _ status: HTTPStatus, _ mediaType: HTTPFieldValue, _ body: [UInt8], _ fields: HTTPFields = [:]
  ) -> HTTPResponse {
    var all: HTTPFields = ["Content-Type": mediaType]
    if !fields.isEmpty { all.append(contentsOf: fields) }
    return HTTPResponse(status: status, fields: all, body: .bytes(body))
  }
}
