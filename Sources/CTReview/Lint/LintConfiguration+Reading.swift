package import CTSpec

extension LintConfiguration {
  /// Reads the file; throws every fault in it, located.
  package static func load(file: String, read reader: FileReader = .disk) throws(SpecError) -> LintConfiguration {
    let context = LoadContext(reader: reader)
    guard let root = context.document(file, at: SourceLocation(file: file)) else {
      throw SpecError(context.diagnostics.sorted)
    }
    let top = ObjectReader(root, SchemaID(file: file, pointer: ""), "lint configuration", context)
    var configuration = LintConfiguration()
    for (member, id) in top.map("rules") {
      check(rule: member.key, at: member.keyLocation, context)
      let holder = SpecNode(.object([member]), at: member.keyLocation)
      let level: Level? = ObjectReader(holder, id, "rule", context).choice(member.key)
      configuration.levels[member.key] = level
    }
    for (index, node) in top.list("exceptions").enumerated() {
      let id = top.id.appending("exceptions").appending(index)
      configuration.exceptions.append(exception(ObjectReader(node, id, "exception", context)))
    }
    top.finish()
    if context.diagnostics.hasErrors { throw SpecError(context.diagnostics.sorted) }
    return configuration
  }

  private static func exception(_ reader: ObjectReader) -> Exception {
    let rule = reader.requiredString("rule")
    if let location = reader.member("rule")?.value.location, !rule.isEmpty {
      check(rule: rule, at: location, reader.context)
    }
    // The place is written as a '$ref' from this file would be.
    let (resource, fragment) = URIReference.split(reader.requiredString("at"))
    let because = reader.requiredString("because")
    if let given = reader.member("because")?.value, given.string?.allSatisfy(\.isWhitespace) ?? false {
      reader.context.error("exception-reason", at: given.location, "an exception needs a reason")
    }
    reader.finish()
    let file = URIReference.resolve(resource, from: reader.id.file)
    return Exception(
      rule: rule, place: SchemaID(file: file, pointer: fragment ?? ""), because: because,
      location: reader.node.location)
  }

  private static func check(rule id: String, at location: SourceLocation, _ context: LoadContext) {
    let known = LintRules.all.map(\.id)
    guard !known.contains(id) else { return }
    context.error(
      "unknown-rule", at: location, "there is no rule '\(id)'",
      suggestion: EditDistance.suggestion(for: id, among: known))
  }
}
