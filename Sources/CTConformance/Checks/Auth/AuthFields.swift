internal import CTJSON
internal import CTSpec

/// `x-ct-roles`: fields that only some roles see.
enum AuthFields {
  static let byRole = Check(
    "auth-fields-by-role", .auth, title: "Fields for some roles are shown to no other", expects: "no such field",
    clause: .pointer("/components/schemas")
  ) { context async throws(CannotRun) in
    let names = context.callers.map { Optional($0.name) } + [nil]
    for operation in context.spec.operations where operation.isSafe && hasGuardedFields(operation, context.spec) {
      for name in names {
        let role = name.map { context.spec.role(ofToken: $0) }
        guard operation.admitsAnybody || role.map({ operation.admits(role: $0) }) == true else { continue }
        try await judge(context, operation, name, role)
      }
    }
  }

  private static func judge(
    _ context: CheckContext, _ operation: Operation, _ name: String?, _ role: String?
  ) async throws(CannotRun) {
    let sample = SampleRequest(spec: context.spec, runID: context.session.runID)
    let label = "\(operation.name) as \(name ?? "nobody")"
    guard var probe = sample.probe(for: operation, name: "fields", label: label) else { return }
    if let name { probe.token = .known(name) }
    guard let seen = try await context.send(probe, to: operation) else { return }
    guard (200..<300).contains(seen.status) || !operation.isPlain else {
      return context.unanswered(seen, probe, operation)
    }
    guard let value = seen.json,
      let schema = operation.response(for: seen.status)?.content.of(seen)?.schema
    else { return }
    for field in guardedFields(in: value, [schema], context.spec) where !field.roles.contains(role ?? "") {
      context.find(
        "\(role ?? "nobody in particular") is shown \(field.name)",
        expected: "only for \(field.roles.joined(separator: ", "))",
        seen: "\(operation.name) with \(field.name)",
        clause: context.spec.reference(field.location, "x-ct-roles of \(field.name)"), by: [probe])
    }
  }

  /// Whether an answer may hold a field that some roles do not see. What else is answered need not be asked for.
  private static func hasGuardedFields(_ operation: Operation, _ spec: SpecCatalog) -> Bool {
    let schemas = operation.responses.flatMap(\.content).compactMap(\.schema)
    return spec.document.index.schemas(below: schemas).contains { $0.roles != nil }
  }

  private struct GuardedField {
    let name: String
    let roles: [String]
    let location: SourceLocation
  }

  /// Every field of a value whose schema names roles.
  private static func guardedFields(in value: JSONValue, _ ids: [SchemaID], _ spec: SpecCatalog) -> [GuardedField] {
    let facets = Facets(ids, selecting: value, in: spec.document.index)
    switch value {
    case .array(let elements): return elements.flatMap { guardedFields(in: $0, facets.items, spec) }
    case .object:
      return facets.properties.flatMap { property -> [GuardedField] in
        guard let child = value[property.name] else { return [] }
        let own = property.schemas.compactMap { id -> GuardedField? in
          let schema = spec.document.index[id]
          return schema.roles.map {
            GuardedField(
              name: property.name, roles: $0, location: schema.keywordLocations["x-ct-roles"] ?? schema.location)
          }
        }
        return own + guardedFields(in: child, property.schemas, spec)
      }
    default: return []
    }
  }
}
