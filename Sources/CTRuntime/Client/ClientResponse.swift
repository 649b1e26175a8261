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
    let bytes = try bytes(mediaType)
    do throws(JSONDecodingFault) {
      let value = try JSONReader.read(bytes) { json throws(JSONDecodingFault) in
        var context = ValidationContext()
        let value = decode(&json, &context)
        try context.finish(&json)
        return value
      }
      if let value { return value }
      throw JSONDecodingFault.violations([])
    } catch {
      throw ClientError("the body of the \(status) is not what the spec says: \(error)")
    }
  }

  /// The body as it is.
  public func bytes(_ mediaType: String) throws(ClientError) -> [UInt8] {
    let found = fields.value(of: "content-type") ?? "none"
    guard MediaTypeName.matches(Array(found.utf8)[...], mediaType) else {
      throw ClientError("the \(status) is \(found), expected \(mediaType)")
    }
    return body
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
    do throws(JSONDecodingFault) {
      try JSONReader.read(text) { json throws(JSONDecodingFault) in
        var context = ValidationContext()
        decode(&json, &context)
        try context.finish(&json)
      }
    } catch {
      throw ClientError("the header \(name) is not what the spec says: \(error)")
    }
  }
}
