/// Reads `components` (OpenAPI 3.1, section 4.8.7), also those that nothing references: faults in them are faults.
struct ComponentsReader {
  private let reader: ObjectReader?
  private let context: OpenAPIContext

  init(_ node: SpecNode?, _ id: SchemaID, _ context: OpenAPIContext) {
    reader = node.map { ObjectReader($0, id, "set of components", context.load) }
    self.context = context
  }

  private func section(_ name: String) -> [(member: SpecNode.Member, id: SchemaID)] {
    let section = reader?.map(name) ?? []
    for (member, _) in section where !Self.isName(member.key) {
      context.error(
        "component-name", at: member.keyLocation,
        "'\(member.key)' must consist of letters, digits, '.', '-' and '_' (OpenAPI 3.1, section 4.8.7.1)")
    }
    return section
  }

  private static func isName(_ name: String) -> Bool {
    !name.isEmpty
      && name.utf8.allSatisfy { byte in
        switch byte {
        case 48...57, 65...90, 97...122, UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
      }
  }

  func schemas() -> [(name: String, schema: SchemaID)] {
    section("schemas").map { member, id in
      context.load.enqueue(id, member.value)
      return (member.key, id)
    }
  }

  func securitySchemes() -> [SecurityScheme] {
    section("securitySchemes").compactMap { member, id in
      let scheme = SecurityReader(context).scheme(member.key, member.value, id)
      context.schemes[ExactString(member.key)] = scheme
      return scheme
    }
  }

  /// Reads the other sections for their faults; what is referenced is kept.
  func readOthers() {
    guard let reader else { return }
    for (member, id) in section("parameters") { _ = ParameterReader(context).parameter(member.value, id) }
    for (member, id) in section("headers") { _ = ParameterReader(context).header(member.key, member.value, id) }
    for (member, id) in section("requestBodies") { _ = MessageReader(context).requestBody(member.value, id) }
    for (member, id) in section("responses") {
      _ = MessageReader(context).response(.default, member.value, id, at: member.keyLocation)
    }
    for (member, id) in section("examples") { _ = ExampleReader(context).example(member.key, member.value, id) }
    context.refuse(["links", "callbacks"], of: reader)
    reader.finish()
  }

  /// Read after the paths, which may reference them: only there are their own paths, and so their parameters, known.
  func pathItems() -> [(member: SpecNode.Member, id: SchemaID)] { section("pathItems") }
}
