/// Reads request bodies, responses and media types (OpenAPI 3.1, sections 4.8.13, 4.8.14, 4.8.16 and 4.8.17).
struct MessageReader {
  private let context: OpenAPIContext

  init(_ context: OpenAPIContext) { self.context = context }

  func requestBody(_ node: SpecNode, _ id: SchemaID) -> RequestBody? {
    guard let place = context.resolved(node, id, "request body") else { return nil }
    let reader = ObjectReader(place.node, place.id, "request body", context.load)
    let body = RequestBody(
      required: reader.flag("required"), description: reader.string("description"), content: content(reader),
      location: place.node.location)
    if body.content.isEmpty { reader.reportMissing("content") }
    reader.finish()
    return body
  }

  /// The responses of an operation, by status.
  func responses(of operation: ObjectReader) -> [Response] {
    let entries = operation.map("responses")
    if entries.isEmpty { operation.reportMissing("responses") }
    return entries.compactMap { member, id in
      if member.key.hasPrefix("x-"), !member.key.hasPrefix("x-ct-") { return nil }
      guard let status = Self.status(member.key) else {
        context.error(
          "unknown-status", at: member.keyLocation, "'\(member.key)' is no status",
          suggestion: "write a code such as '404', a range such as '4XX', or 'default'")
        return nil
      }
      let response = response(status, member.value, id, at: member.keyLocation)
      if let response { checkSemantics(response, at: member.keyLocation) }
      return response
    }
  }

  static func status(_ text: String) -> Response.Status? {
    if text == "default" { return .default }
    let bytes = Array(text.utf8)
    guard bytes.count == 3, 49...53 ~= bytes[0] else { return nil }
    if text.hasSuffix("XX") { return .range(Int(bytes[0] - 48)) }
    return bytes.allSatisfy { 48...57 ~= $0 } ? Int(text).map { .code($0) } : nil
  }

  /// Responses that have no body (RFC 9110, sections 15.2, 15.3.5, 15.3.6 and 15.4.5).
  private func checkSemantics(_ response: Response, at location: SourceLocation) {
    let isEmpty =
      switch response.status {
      case .code(let code): code < 200 || code == 204 || code == 205 || code == 304
      case .range(let hundred): hundred == 1
      case .default: false
      }
    if isEmpty, let first = response.content.first {
      context.error("body-not-allowed", at: first.location, "a response of this status has no body (RFC 9110)")
    }
  }

  func response(
    _ status: Response.Status, _ node: SpecNode, _ id: SchemaID, at location: SourceLocation
  ) -> Response? {
    guard let place = context.resolved(node, id, "response") else { return nil }
    var response = context.responses[place.id] ?? read(place)
    context.responses[place.id] = response
    response.status = status
    response.location = location
    response.componentName = place.componentName
    return response
  }

  private func read(_ place: OpenAPIContext.Place) -> Response {
    let reader = ObjectReader(place.node, place.id, "response", context.load)
    let description = reader.requiredString("description")
    var names: Set<String> = []
    let headers = reader.map("headers").compactMap { member, id in
      checkHeader(member, &names)
      return ParameterReader(context).header(member.key, member.value, id)
    }
    let content = content(reader)
    context.refuse(["links"], of: reader)
    reader.finish()
    return Response(
      status: .default, description: description, headers: headers, content: content, location: place.node.location)
  }

  /// Names of headers are compared without case (RFC 9110, section 5.1).
  private func checkHeader(_ member: SpecNode.Member, _ names: inout Set<String>) {
    context.check(headerName: member.key, at: member.keyLocation)
    let name = member.key.lowercased()
    if !names.insert(name).inserted {
      context.error("duplicate-key", at: member.keyLocation, "the header '\(name)' stands here twice")
    }
    guard name == "content-type" else { return }
    context.error(
      "ignored-header", at: member.keyLocation, "'Content-Type' cannot be a header here",
      suggestion: "say it with 'content'")
  }

  private func content(_ reader: ObjectReader) -> [MediaType] {
    var seen: Set<String> = []
    return reader.map("content").map { member, id in
      let name = member.key.lowercased()
      if !Self.isMediaType(name) {
        context.error("media-type", at: member.keyLocation, "'\(member.key)' is no media type such as application/json")
      } else if !seen.insert(name).inserted {
        context.error("duplicate-key", at: member.keyLocation, "the media type '\(name)' stands here twice")
      }
      return mediaType(name, member, id)
    }
  }

  /// A type and a subtype, and parameters where there are some (RFC 9110, section 8.3.1).
  private static func isMediaType(_ name: String) -> Bool {
    let pieces = name.split(separator: ";", omittingEmptySubsequences: false)
    let parameters = pieces.dropFirst().map { $0.drop { $0 == " " } }
    guard parameters.allSatisfy({ $0.split(separator: "=").count == 2 && !$0.contains(" ") }) else { return false }
    let name = String(pieces[0])
    let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && !name.utf8.contains { $0 <= 32 || $0 > 126 }
  }

  private func mediaType(_ name: String, _ member: SpecNode.Member, _ id: SchemaID) -> MediaType {
    let reader = ObjectReader(member.value, id, "media type", context.load)
    let media = MediaType(
      name: name, schema: context.schema("schema", of: reader),
      examples: ExampleReader(context).examples(of: reader), location: member.keyLocation)
    context.refuse(["encoding"], of: reader)
    reader.finish()
    return media
  }
}
