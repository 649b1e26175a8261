/// Reads path templates (OpenAPI 3.1, section 4.8.2), one whole segment for each parameter.
struct PathTemplateReader {
  private let context: OpenAPIContext

  init(_ context: OpenAPIContext) { self.context = context }

  func template(_ raw: String, at location: SourceLocation) -> PathTemplate? {
    guard raw.utf8.first == UInt8(ascii: "/") else {
      context.error("path-syntax", at: location, "a path must begin with '/'", suggestion: "write '/\(raw)'")
      return nil
    }
    if raw == "/" { return PathTemplate(raw: raw, segments: []) }
    var segments: [PathTemplate.Segment] = []
    for part in raw.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
      guard let segment = segment(part, at: location) else { return nil }
      if case .parameter(let name) = segment, segments.contains(.parameter(name)) {
        context.error("path-syntax", at: location, "the parameter '{\(name)}' stands twice in this path")
      }
      segments.append(segment)
    }
    if segments.count > Self.maximumSegments,
      segments.contains(where: { if case .parameter = $0 { true } else { false } })
    {
      context.error(
        "path-syntax", at: location,
        "a path with parameters has \(Self.maximumSegments) segments at most here; this one has \(segments.count)")
      return nil
    }
    return PathTemplate(raw: raw, segments: segments)
  }

  /// What a router can tell parameters of.
  private static let maximumSegments = 64

  private func segment(_ part: Substring, at location: SourceLocation) -> PathTemplate.Segment? {
    if part.hasPrefix("{"), part.hasSuffix("}") {
      let name = part.dropFirst().dropLast()
      if !name.isEmpty, !name.contains(where: { $0 == "{" || $0 == "}" }) { return .parameter(String(name)) }
    }
    if part.contains(where: { $0 == "{" || $0 == "}" }) {
      context.error(
        "path-syntax", at: location, "a parameter must be a whole segment of the path, as in '/events/{id}'")
      return nil
    }
    let isLiteral = part.utf8.allSatisfy { byte in
      33...126 ~= byte && !"\"#<>?[\\]^`|%".utf8.contains(byte)
    }
    if isLiteral { return .literal(String(part)) }
    context.error(
      "path-syntax", at: location, "'\(part)' has characters that a path cannot have (RFC 3986, section 3.3)")
    return nil
  }
}
