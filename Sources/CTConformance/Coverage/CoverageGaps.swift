internal import CTSpec

/// Finds what the spec declares and a run has not reached, and why.
struct CoverageGaps {
  let session: RunSession

  /// Only after a whole run is it known what is missing: a run of chosen checks has chosen its gaps.
  func tell(_ results: [CheckResult]) {
    let done = Set(results.map(\.check.id))
    guard Catalog.checks.allSatisfy({ done.contains($0.id) }) else { return }
    let coverage = session.coverage
    for operation in session.spec.operations {
      for response in operation.responses {
        guard case .code(let status) = response.status, !coverage.hasReached(operation.name, status) else { continue }
        session.emit(.notReached(.init(operation: operation.name, what: "\(status)", why: reason(status, operation))))
      }
      let tried = coverage.keywords(of: operation.name)
      for keyword in keywords(of: operation) where !tried.contains(keyword) {
        let why = isOpen(operation) ? "no value was found that tries this keyword alone" : obstacle(operation)
        session.emit(.notReached(.init(operation: operation.name, what: keyword, why: why)))
      }
    }
  }

  private func reason(_ status: Int, _ operation: Operation) -> String {
    switch status {
    case 429: "only when a token sends more than it may, and the run obeys Retry-After"
    case 500...599: "only when something fails in the deployment"
    case 408: "only when a request is slow; the slow requests of the run went to POST /events"
    case _ where !isOpen(operation): obstacle(operation)
    case 409: "only for a thing in another state, and the run changes no state but its own"
    case 200...299 where !operation.isSafe: "the run changes nothing that others own"
    case 200...299, 404: "there was nothing of the kind to ask for"
    default: "no case of the run asks for it"
    }
  }

  /// Whether the run may send to it as somebody who is let in.
  private func isOpen(_ operation: Operation) -> Bool {
    if !operation.isSafe, session.settings.readOnly { return false }
    return operation.admitsAnybody
      || session.credentials.names.contains { operation.admits(role: session.spec.role(ofToken: $0)) }
  }

  private func obstacle(_ operation: Operation) -> String {
    if !operation.isSafe, session.settings.readOnly { return "it writes, and --read-only is set" }
    return "no token of the run is let in"
  }

  /// All keywords that assert something about what is sent.
  private func keywords(of operation: Operation) -> [String] {
    let bodies = operation.requestBody?.content.compactMap(\.schema) ?? []
    let roots = bodies + operation.parameters.map(\.schema)
    return RequestKeywords(index: session.spec.document.index).all(below: roots)
  }
}

/// The assertions in schemas and in all that they refer to.
struct RequestKeywords {
  let index: SpecIndex

  private static let assertions: Set = [
    "type", "enum", "const", "multipleOf", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength",
    "maxLength", "pattern", "format", "minItems", "maxItems", "uniqueItems", "contains", "minContains", "maxContains",
    "minProperties", "maxProperties", "required", "dependentRequired", "propertyNames", "not", "unevaluatedItems",
    "unevaluatedProperties",
  ]

  /// Sorted.
  func all(below roots: [SchemaID]) -> [String] {
    var found: Set<String> = []
    for schema in index.schemas(below: roots) {
      found.formUnion(schema.keywordLocations.keys.filter(Self.assertions.contains))
      if schema.additionalProperties.map({ index[$0].boolean == false }) == true {
        found.insert("additionalProperties")
      }
    }
    return found.sorted()
  }
}

extension SpecIndex {
  /// These and all that they assert by; what a keyword negates or tests is no assertion of its own.
  func schemas(below roots: [SchemaID]) -> [Schema] {
    var found: [Schema] = []
    var seen: Set<SchemaID> = []
    var open = roots
    while let id = open.popLast() {
      guard seen.insert(id).inserted else { continue }
      let schema = self[id]
      found.append(schema)
      open += schema.allOf + schema.anyOf + schema.oneOf + schema.properties.map(\.schema) + (schema.prefixItems ?? [])
      open += [schema.ref, schema.items, schema.then, schema.else].compactMap { $0 }
      open += schema.discriminator?.mapping.map(\.schema) ?? []
    }
    return found
  }
}
