final class OpenAPIReader: ObjectReader {
  init(_ root: SpecNode, _ id: SchemaID, _ context: LoadContext) {
    super.init(root, id, "OpenAPI description", context)
  }
  func document() -> (SpecIndex) -> OpenAPIDocument {
    {
      OpenAPIDocument(
        file: self.id.file, root: self.node, openapi: "",
        info: .init(title: "", version: "", location: self.node.location), servers: [], tags: [], operations: [],
        securitySchemes: [], componentSchemas: [], index: $0)
    }
  }
}
