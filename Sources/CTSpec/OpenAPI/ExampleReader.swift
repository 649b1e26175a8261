/// Reads `example` and `examples` of parameters, headers and media types (OpenAPI 3.1, section 4.8.19).
struct ExampleReader {
  private let context: OpenAPIContext

  init(_ context: OpenAPIContext) { self.context = context }

  func examples(of reader: ObjectReader) -> [Example] {
    let single = reader.any("example").map { [Example(name: nil, value: $0)] } ?? []
    let named = reader.map("examples").compactMap { example($0.member.key, $0.member.value, $0.id) }
    if !single.isEmpty, let member = reader.member("examples") {
      context.error(
        "exclusive-fields", at: member.keyLocation, "'example' and 'examples' exclude each other",
        suggestion: "keep one of them")
    }
    return single + named
  }

  func example(_ name: String, _ node: SpecNode, _ id: SchemaID) -> Example? {
    guard let place = context.resolved(node, id, "example") else { return nil }
    let reader = ObjectReader(place.node, place.id, "example", context.load)
    _ = reader.string("summary")
    _ = reader.string("description")
    let value = reader.any("value")
    context.refuse(["externalValue"], of: reader)
    if value == nil { reader.reportMissing("value") }
    reader.finish()
    return value.map { Example(name: name, value: $0) }
  }
}
