extension SchemaReader {
  /// Reads `discriminator` (OpenAPI 3.1, section 4.8.25) and works out which value selects which branch.
  func discriminator(_ key: String, branches: [SchemaID]) -> Discriminator? {
    guard let node = any(key) else { return nil }
    let reader = ObjectReader(node, id.appending(key), "discriminator", context)
    let name = reader.requiredString("propertyName")
    let written = reader.map("mapping")
    reader.finish()
    guard !branches.isEmpty else {
      error("discriminator-alone", at: node.location, "a discriminator needs 'oneOf' or 'anyOf' beside it")
      return nil
    }
    let targets = branches.map { target(of: $0) }
    var mapping: [(value: String, schema: SchemaID)] = []
    for (member, _) in written {
      guard let target = mapped(member.value) else { continue }
      if let index = branches.indices.first(where: { targets[$0] == target || branches[$0] == target }) {
        mapping.append((member.key, branches[index]))
      } else {
        error("discriminator-branch", at: member.value.location, "'\(target)' is none of the branches")
      }
    }
    let implicit = implicitNames(branches, targets, mapped: Set(mapping.map(\.schema)), at: node.location)
    return Discriminator(propertyName: name, mapping: mapping + implicit, location: node.location)
  }

  private func implicitNames(
    _ branches: [SchemaID], _ targets: [SchemaID?], mapped: Set<SchemaID>, at location: SourceLocation
  ) -> [(value: String, schema: SchemaID)] {
    zip(branches, targets).compactMap { branch, target in
      if mapped.contains(branch) { return nil }
      if let target, let name = JSONPointer.lastToken(of: target.pointer) { return (name, branch) }
      error(
        "discriminator-branch", at: location, "no value selects the branch \(branch)", suggestion: "add it to 'mapping'"
      )
      return nil
    }
  }

  private func target(of branch: SchemaID) -> SchemaID? {
    guard let reference = context.node(at: branch)?["$ref"]?.string else { return nil }
    return context.resolve(reference, from: branch, at: context.node(at: branch)?.location ?? node.location)
  }

  /// A mapped value is the name of a component or a reference.
  private func mapped(_ node: SpecNode) -> SchemaID? {
    guard let text = node.string else {
      mismatch("mapping", node, "a map of strings")
      return nil
    }
    let component = SchemaID(file: id.file, pointer: "/components/schemas").appending(text)
    if context.node(at: component) != nil { return component }
    return context.resolve(text, from: id, at: node.location)
  }
}
