/// Reads the root of an OpenAPI 3.1 description (section 4.8.1).
struct OpenAPIReader {
  private let context: OpenAPIContext
  private let reader: ObjectReader

  init(_ root: SpecNode, _ id: SchemaID, _ load: LoadContext) {
    context = OpenAPIContext(load: load, file: id.file)
    reader = ObjectReader(root, id, "OpenAPI description", load)
  }

  /// Reads everything but the schemas, which it notes to be read; the result takes them when they are.
  func document() -> (SpecIndex) -> OpenAPIDocument {
    let version = version()
    let info = info()
    let servers = reader.list("servers").enumerated().map { server($1, reader.id.appending("servers").appending($0)) }
    let tags = reader.list("tags").enumerated().map { tag($1, reader.id.appending("tags").appending($0)) }
    check(tags)
    checkDialect()
    checkParts()
    let components = ComponentsReader(reader.any("components"), reader.id.appending("components"), context)
    let schemas = components.schemas()
    let schemes = components.securitySchemes()
    let pathItems = components.pathItems()
    components.readOthers()
    let security = SecurityReader(context).requirements(of: reader)
    let paths = PathsReader(context)
    let operations = paths.operations(of: reader, security: security)
    paths.check(pathItems: pathItems, security: security)
    context.refuse(["webhooks"], of: reader)
    reader.readExternalDocs()
    reader.finish()
    let (file, root) = (reader.id.file, reader.node)
    return { index in
      OpenAPIDocument(
        file: file, root: root, openapi: version, info: info, servers: servers, tags: tags, operations: operations,
        securitySchemes: schemes, componentSchemas: schemas, index: index)
    }
  }

  private func version() -> String {
    let version = reader.requiredString("openapi")
    if !version.isEmpty, version != "3.1", !version.hasPrefix("3.1.") {
      let location = reader.any("openapi")?.location ?? reader.node.location
      context.error("openapi-version", at: location, "OpenAPI \(version) is not read here: only 3.1 is")
    }
    return version
  }

  private func info() -> OpenAPIDocument.Info {
    guard let node = reader.any("info") else {
      reader.reportMissing("info")
      return .init(title: "", version: "", location: reader.node.location)
    }
    let info = ObjectReader(node, reader.id.appending("info"), "info", context.load)
    let result = OpenAPIDocument.Info(
      title: info.requiredString("title"), version: info.requiredString("version"),
      description: info.string("description"), summary: info.string("summary"), location: node.location)
    info.readFormatted("termsOfService", "uri-reference")
    info.readContact()
    info.readLicense()
    info.finish()
    return result
  }

  private func server(_ node: SpecNode, _ id: SchemaID) -> OpenAPIDocument.Server {
    let server = ObjectReader(node, id, "server", context.load)
    let result = OpenAPIDocument.Server(
      url: server.requiredString("url"), description: server.string("description"), location: node.location)
    if !server.has("variables"), let variable = Self.variable(in: result.url) {
      context.error(
        "unenforceable-field", at: server.any("url")?.location ?? node.location,
        "the variable '{\(variable)}' of a server is not declared, and could not be enforced",
        suggestion: "write the URL out")
    }
    context.refuse(["variables"], of: server)
    server.finish()
    return result
  }

  private static func variable(in url: String) -> Substring? {
    guard let start = url.firstIndex(of: "{") else { return nil }
    return url[start...].dropFirst().prefix { $0 != "}" }
  }

  private func tag(_ node: SpecNode, _ id: SchemaID) -> OpenAPIDocument.Tag {
    let tag = ObjectReader(node, id, "tag", context.load)
    let result = OpenAPIDocument.Tag(
      name: tag.requiredString("name"), description: tag.string("description"), location: node.location)
    tag.readExternalDocs()
    tag.finish()
    return result
  }

  /// The names of tags are unique (section 4.8.1).
  private func check(_ tags: [OpenAPIDocument.Tag]) {
    var seen: Set<ExactString> = []
    for tag in tags where !seen.insert(ExactString(tag.name)).inserted {
      context.error("duplicate-tag", at: tag.location, "the tag '\(tag.name)' is listed twice")
    }
  }

  /// One of these has to be there (section 4.8.1).
  private func checkParts() {
    guard !["paths", "components", "webhooks"].contains(where: reader.has), reader.node.members != nil else { return }
    context.error(
      "missing-field", at: reader.node.location, "this \(reader.what) needs 'paths' or 'components'")
  }

  private func checkDialect() {
    guard let dialect = reader.string("jsonSchemaDialect"), !SchemaKeywords.dialects.contains(dialect) else { return }
    context.error(
      "unknown-dialect", at: reader.any("jsonSchemaDialect")?.location ?? reader.node.location,
      "'\(dialect)' is not read here: only JSON Schema 2020-12 is")
  }
}
