public import CTHTTP
public import CTJSON

/// A response before it is decoded.
public struct ClientResponse: Sendable {
  public let status: Int
  public let fields: HTTPFields
  public let body: [UInt8]

  public init(status: Int, fields: HTTPFields, body: [UInt8]) {
    self.status = status
    self.fields = fields
    self.body = body
  }

  /// For a status that the spec does not have for the operation.
  public var undocumented: ClientError { ClientError("the status \(status) is not documented for this operation") }

  public var missingHeader: ClientError { ClientError("a header that the spec requires is missing from the \(status)") }

  /// The body as JSON of the schema that `decode` checks.
  public func json<Value>(
    _ mediaType: String, _ decode: (inout JSONReader, inout ValidationContext) -> Value?
  ) throws(ClientError) -> Value {
    try json(try bytes(mediaType), decode)
  }

  private func json<Value>(
    _ bytes: [UInt8], _ decode: (inout JSONReader, inout ValidationContext) -> Value?
  ) throws(ClientError) -> Value {
    do throws(JSONDecodingFault) {
      let value = try JSONReader.read(bytes) { json throws(JSONDecodingFault) in
        var context = ValidationContext(direction: .response)
        let value = decode(&json, &context)
        try context.finish(&json)
        return value
      }
      if let value { return value }
      throw JSONDecodingFault.violations([])
    } catch {
      throw ClientError("the body of the \(status)", error)
    }
  }

  /// Which of these media types the body has, by its place.
  public func representation(_ mediaTypes: [String]) throws(ClientError) -> Int {
    let found = fields.value(of: "content-type") ?? "none"
    if let place = mediaTypes.firstIndex(where: { MediaTypeName.matches(Array(found.utf8)[...], $0) }) { return place }
    throw ClientError("the \(status) is \(found), expected \(mediaTypes.joined(separator: " or "))")
  }

  /// The body as text of the schema that `decode` checks, to which it is a string.
  public func text(
    _ mediaType: String, _ decode: (inout JSONReader, inout ValidationContext) -> String?
  ) throws(ClientError) -> String {
    var string: [UInt8] = []
    JSONWriter.append(string: try text(mediaType), to: &string)
    return try json(string, decode)
  }

  /// The body as text.
  public func text(_ mediaType: String) throws(ClientError) -> String {
    if let text = String(validating: try bytes(mediaType), as: UTF8.self) { return text }
    throw ClientError("the body of the \(status) is not UTF-8")
  }

  /// The body as it is.
  public func bytes(_ mediaType: String) throws(ClientError) -> [UInt8] {
    let found = fields.value(of: "content-type") ?? "none"
    guard MediaTypeName.matches(Array(found.utf8)[...], mediaType) else {
      throw ClientError("the \(status) is \(found), expected \(mediaType)")
    }
    return body
  }

  /// Decodes a header that is an array by its schema, if it is there.
  public func header(
    _ name: String, _ coding: ParameterCoding, isRequired: Bool,
    _ decode: (inout JSONReader, inout ValidationContext) -> Void
  ) throws(ClientError) {
    let values = fields.values(of: name)
    if values.isEmpty {
      if isRequired { throw missingHeader }
      return
    }
    let text = Array(values.joined(separator: ",").utf8)
    guard let parts = coding.parts(of: text[...], name: name),
      let json = ParameterJSON.text(of: parts, coding.shape, decode: { Array(MediaTypeName.trimmed($0)) })
    else { throw ClientError("the header \(name) of the \(status) is no list") }
    try read(json, header: name, decode)
  }

  /// Decodes a header by its schema, if it is there.
  public func header(
    _ name: String, _ form: ParameterReader.Form, isRequired: Bool,
    _ decode: (inout JSONReader, inout ValidationContext) -> Void
  ) throws(ClientError) {
    guard let value = fields.value(of: name) else {
      if isRequired { throw missingHeader }
      return
    }
    var text = Array(value.utf8)
    if form == .string {
      text = []
      JSONWriter.append(string: value, to: &text)
    }
    try read(text, header: name, decode)
  }

  private func read(
    _ json: [UInt8], header name: String, _ decode: (inout JSONReader, inout ValidationContext) -> Void
  ) throws(ClientError) {
    do throws(JSONDecodingFault) {
      try JSONReader.read(json) { json throws(JSONDecodingFault) in
        var context = ValidationContext()
        decode(&json, &context)
        try context.finish(&json)
      }
    } catch {
      throw ClientError("the header \(name) of the \(status)", error)
    }
  }
}
